namespace Mesh.Statecharts.Expressions;

/// <summary>The sorts of words that expressions are made of.</summary>
internal enum TokenKind
{
    /// <summary>Behind the last word.</summary>
    End,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>A name or a word of the language.</summary>
    Name,

    /// <summary>An operator or bracket.</summary>
    Sign,
}
