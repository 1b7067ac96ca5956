using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>One signal as it stands in the canonical bytes.</summary>
internal ref struct SignalRow
{
    /// <summary>Elements of a signal.</summary>
    public const int Fields = 2;

    public ReadOnlySpan<byte> Name;
    public OptionalText Payload;

    /// <summary>Reads the elements after the header of the array.</summary>
    public static bool TryRead(scoped ref CanonicalReader reader, out SignalRow row)
    {
        row = default;
        return reader.TryReadText(out row.Name) && reader.TryReadOptionalText(out row.Payload);
    }

    /// <summary>Makes the signal.</summary>
    public readonly SignalDefinition ToDefinition() => new(Encoding.UTF8.GetString(Name), Payload.ToText());
}
