namespace Mesh.Statecharts.Scxml;

/// <summary>An attribute of an element, where it stands.</summary>
internal sealed record XmlItemAttribute(string Name, string Namespace, string Value, TextPosition Position);
