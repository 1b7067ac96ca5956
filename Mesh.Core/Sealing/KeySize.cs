namespace Mesh.Core.Sealing;

/// <summary>Checks the sizes of keys, nonces and results at the door: a wrong one is the caller's fault.</summary>
internal static class KeySize
{
    /// <summary>Throws when a span has another length than its use demands.</summary>
    /// <param name="value">The span; its content is neither read nor named.</param>
    /// <param name="bytes">The length it must have.</param>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public static void Require(ReadOnlySpan<byte> value, int bytes, string name)
    {
        if (value.Length != bytes)
        {
            Throw(value.Length, bytes, name);
        }
    }

    private static void Throw(int actual, int expected, string name) =>
        throw new ArgumentException($"Must be {expected} bytes, not {actual}.", name);
}
