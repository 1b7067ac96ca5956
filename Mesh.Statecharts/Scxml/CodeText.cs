using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>An expression of a file, with its text and place.</summary>
internal sealed record CodeText(Expression Expression, string Text, TextPosition Position);
