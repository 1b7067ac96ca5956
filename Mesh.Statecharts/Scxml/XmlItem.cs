using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>An element of a file, where it stands.</summary>
internal sealed class XmlItem(string name, string xmlNamespace, TextPosition position)
{
    /// <summary>Its name without a prefix.</summary>
    public string Name => name;

    /// <summary>The namespace of its name.</summary>
    public string Namespace => xmlNamespace;

    /// <summary>Where its name begins.</summary>
    public TextPosition Position => position;

    /// <summary>Its attributes, without the declarations of namespaces.</summary>
    public List<XmlItemAttribute> Attributes { get; } = [];

    /// <summary>The elements in it.</summary>
    public List<XmlItem> Children { get; } = [];

    /// <summary>The characters in it, outside of elements.</summary>
    public string Text { get; set; } = "";

    /// <summary>Where the first of them stands that is no space.</summary>
    public TextPosition? TextPosition { get; set; }

    /// <summary>What messages call it.</summary>
    public string Label => Namespace == ScxmlNames.Mesh ? $"<mesh:{Name}>" : $"<{Name}>";

    /// <summary>Whether it is this element of SCXML.</summary>
    public bool Is(string scxmlName) => Namespace == ScxmlNames.Scxml && Name == scxmlName;

    /// <summary>Whether it is this element of the extension.</summary>
    public bool IsMesh(string meshName) => Namespace == ScxmlNames.Mesh && Name == meshName;

    /// <summary>The fault of an element that has no place where it stands.</summary>
    public ScxmlException Unknown() => new(
        Namespace is ScxmlNames.Scxml or ScxmlNames.Mesh ? $"{Label} is unknown or has no place here"
            : $"element <{Name}> belongs to an unknown namespace, '{Namespace}'",
        Position);

    /// <summary>Refuses characters between elements.</summary>
    public void RequireNoText()
    {
        if (TextPosition is { } place && !string.IsNullOrWhiteSpace(Text))
        {
            throw new ScxmlException($"text has no place in {Label}", place);
        }
    }

    /// <summary>Refuses anything in an element.</summary>
    public void RequireEmpty()
    {
        RequireNoText();
        if (Children is [var child, ..])
        {
            throw child.Unknown();
        }
    }

    /// <summary>A value that stands in an element: JSON, or else a text whose spaces are made single ones.</summary>
    public ValueSource Inline()
    {
        if (Children is [var child, ..])
        {
            throw new ScxmlException($"{Label} holds an element; values are JSON or text", child.Position);
        }

        if (DataValue.TryParseJson(Text, out var value))
        {
            return new ValueSource(value);
        }

        var text = string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= DataLimits.MaxTextLength ? new ValueSource(DataValue.Of(text))
            : throw new ScxmlException($"the text has more than {DataLimits.MaxTextLength} characters", Position);
    }
}
