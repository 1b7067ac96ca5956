using System.Text;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>One thing that a handler did, as read by a <see cref="NoteReader"/>; lives as long as the bytes it was
/// read from.</summary>
public readonly ref struct Note
{
    internal Note(NoteKind kind, int place, ReadOnlySpan<byte> body)
    {
        Kind = kind;
        Place = place;
        Body = body;
    }

    /// <summary>What was done; may be a kind that this version does not know.</summary>
    public NoteKind Kind { get; }

    /// <summary>
    /// Which handler call of the step did it, counted from 0 in the order in which they ran: states asked, exits,
    /// entries,
    /// inits, whether or not they have code.
    /// </summary>
    public int Place { get; }

    /// <summary>What belongs to the kind.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Reads the number with which the body begins: a signal or a state.</summary>
    /// <param name="number">The number, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the body does not begin with a number.</returns>
    public bool TryGetNumber(out int number) => NoteReader.TryReadNumber(Body, out number, out _);

    /// <summary>Reads the two numbers with which the body begins.</summary>
    /// <param name="number">The first, when the method returns <see langword="true"/>.</param>
    /// <param name="detail">The second, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the body does not begin with two numbers.</returns>
    public bool TryGetNumbers(out int number, out int detail)
    {
        detail = 0;
        return NoteReader.TryReadNumber(Body, out number, out var size)
            && NoteReader.TryReadNumber(Body[size..], out detail, out _);
    }

    /// <summary>The text of a scribble; what is not UTF-8 in it is replaced.</summary>
    /// <returns>The text.</returns>
    public string GetText() => Encoding.UTF8.GetString(Body);
}
