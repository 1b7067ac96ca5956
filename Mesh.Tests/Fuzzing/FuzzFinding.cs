namespace Mesh.Tests.Fuzzing;

/// <summary>An input that a target did not bear.</summary>
/// <param name="Target">The name of the target.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Number">The number of the input in the run; -1 for a regression.</param>
/// <param name="Input">The input.</param>
/// <param name="Fault">What was wrong.</param>
internal sealed record FuzzFinding(string Target, int Seed, long Number, byte[] Input, string Fault)
{
    private const int ShownBytes = 512;

    /// <inheritdoc/>
    public override string ToString()
    {
        var hex = Convert.ToHexString(Input.AsSpan(0, Math.Min(Input.Length, ShownBytes)));
        var more = Input.Length > ShownBytes ? $"... ({Input.Length} bytes)" : "";
        return $"{Target}, seed {Seed}, input {Number}: {Fault}\n{hex}{more}";
    }
}
