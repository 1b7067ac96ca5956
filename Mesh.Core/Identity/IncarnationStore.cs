using System.Globalization;
using System.Text;

namespace Mesh.Core.Identity;

/// <summary>Hands out the incarnations of a node: each greater than all before, on the disk before use.</summary>
/// <remarks>Used by the owner of the state folder alone, under its lock.</remarks>
/// <param name="path">The file; its folder exists.</param>
/// <param name="timeProvider">The wall clock.</param>
internal sealed class IncarnationStore(string path, TimeProvider timeProvider)
{
    private const int MaxFileBytes = 32;

    /// <summary>Draws the next incarnation.</summary>
    /// <returns>The greater of the last one + 1 and the milliseconds since 1970.</returns>
    /// <exception cref="MeshException">The file is damaged, at its end, or cannot be read or written.</exception>
    public ulong Next() => Persist(Incarnation.Next(ReadLast(), timeProvider.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <summary>Takes an incarnation that a peer's answer made necessary.</summary>
    /// <param name="incarnation">What <see cref="Incarnation.Judge"/> ruled; greater than the last one.</param>
    /// <exception cref="MeshException">The file is damaged, or cannot be read or written.</exception>
    public void Advance(ulong incarnation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(incarnation, ReadLast());
        Persist(incarnation);
    }

    private ulong ReadLast()
    {
        var content = DurableFile.TryRead(path, MaxFileBytes);
        if (content is null)
        {
            return 0;
        }

        // Not guessed from the clock when damaged: an incarnation that was used once must never come back.
        var digits = content.AsSpan().TrimEnd("\r\n"u8);
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && last < ulong.MaxValue
                ? last
                : throw new MeshException($"{path} is damaged: a number below {ulong.MaxValue} is expected.");
    }

    private ulong Persist(ulong incarnation)
    {
        try
        {
            var text = incarnation.ToString(CultureInfo.InvariantCulture) + "\n";
            DurableFile.Write(path, Encoding.ASCII.GetBytes(text));
            return incarnation;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MeshException($"{path} cannot be written: {cause.Message}", cause);
        }
    }
}
