namespace Mesh.Statecharts.Expressions;

/// <summary>One word of an expression.</summary>
/// <param name="Kind">Its sort.</param>
/// <param name="Text">A name, a sign, or the content of a text.</param>
/// <param name="Number">The number.</param>
/// <param name="Offset">Where it begins.</param>
internal readonly record struct Token(TokenKind Kind, string Text, double Number, int Offset);
