using System.Globalization;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>Takes the attributes of an element one by one; what is left over is a fault.</summary>
internal sealed class AttributeReader(XmlItem item, ParseContext context)
{
    private readonly List<XmlItemAttribute> _left = [.. item.Attributes];

    /// <summary>Takes an attribute of SCXML, if it is there.</summary>
    public XmlItemAttribute? Take(string name) => TakeOf("", name);

    /// <summary>Takes an attribute of the extension, if it is there.</summary>
    public XmlItemAttribute? TakeMesh(string name) => TakeOf(ScxmlNames.Mesh, name);

    /// <summary>Takes an attribute that must be there.</summary>
    public XmlItemAttribute Require(string name) =>
        Take(name) ?? throw new ScxmlException($"{item.Label} has no attribute '{name}'", item.Position);

    /// <summary>Takes an attribute that is an expression.</summary>
    public CodeText? TakeExpression(string name) =>
        Take(name) is { } attribute ? context.Expression(attribute) : null;

    /// <summary>Takes an attribute that is the place of a value.</summary>
    public CodeText? TakeLocation(string name) =>
        Take(name) is { } attribute ? context.Location(attribute) : null;

    /// <summary>Takes an attribute that is a length of time.</summary>
    public TimeSpan? TakeMeshDuration(string name)
    {
        return TakeMesh(name) is not { } attribute ? null
            : Duration.TryParse(attribute.Value, out var length) && length > TimeSpan.Zero ? length
            : throw context.Fault($"mesh:{name} is a time longer than zero, such as '500ms' or '1.5s'", attribute, 0);
    }

    /// <summary>Takes an attribute that is a whole number.</summary>
    public int? TakeMeshCount(string name)
    {
        return TakeMesh(name) is not { } attribute ? null
            : int.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw context.Fault($"mesh:{name} is a number of times, 0 for ever", attribute, 0);
    }

    /// <summary>Takes an attribute that is one of some words.</summary>
    /// <returns>The place of the word; or null when the attribute is not there.</returns>
    public int? TakeWord(XmlItemAttribute? attribute, params ReadOnlySpan<string> words)
    {
        if (attribute is null)
        {
            return null;
        }

        var place = words.IndexOf(attribute.Value);
        return place >= 0 ? place : throw context.Fault(
            $"'{attribute.Value}' is not one of: {string.Join(", ", words.ToArray())}", attribute, 0);
    }

    /// <summary>Takes <c>mesh:reports</c>.</summary>
    public Report? TakeReports()
    {
        return TakeWord(TakeMesh("reports"), "handled", "unhandled", "super") switch
        {
            0 => Report.Handled,
            1 => Report.Unhandled,
            2 => Report.Super,
            _ => null,
        };
    }

    /// <summary>Refuses what was not taken.</summary>
    public void Finish()
    {
        if (_left is [var attribute, ..])
        {
            var prefix = attribute.Namespace switch
            {
                "" => "",
                ScxmlNames.Mesh => "mesh:",
                ScxmlNames.Xml => "xml:",
                _ => null,
            };
            throw new ScxmlException(
                prefix is not null ? $"unknown attribute '{prefix}{attribute.Name}' of {item.Label}"
                    : $"attribute '{attribute.Name}' belongs to an unknown namespace, '{attribute.Namespace}'",
                attribute.Position);
        }
    }

    private XmlItemAttribute? TakeOf(string xmlNamespace, string name)
    {
        var place = _left.FindIndex(each => each.Name == name && each.Namespace == xmlNamespace);
        if (place < 0)
        {
            return null;
        }

        var attribute = _left[place];
        _left.RemoveAt(place);
        return attribute;
    }
}
