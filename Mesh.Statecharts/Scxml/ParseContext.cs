using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>What holds for a whole file while it is read.</summary>
internal sealed class ParseContext(SourceText source)
{
    private readonly Dictionary<string, Signal> _signals = new(StringComparer.Ordinal);

    /// <summary>Which meaning the file has.</summary>
    public Profile Profile { get; set; }

    /// <summary>What its expressions are written in.</summary>
    public DataModel DataModel { get; set; }

    /// <summary>Whether the file is of the Samek profile.</summary>
    public bool IsSamek => Profile == Profile.Samek;

    /// <summary>The events that the content makes, by their names, with the first place.</summary>
    public Dictionary<string, TextPosition> MadeEvents { get; } = new(StringComparer.Ordinal);

    /// <summary>A fault within the value of an attribute.</summary>
    public ScxmlException Fault(string message, XmlItemAttribute attribute, int offset) =>
        new(message, source.InValue(attribute.Position, offset));

    /// <summary>The place of a character in the value of an attribute.</summary>
    public TextPosition PositionIn(XmlItemAttribute attribute, int offset) =>
        source.InValue(attribute.Position, offset);

    /// <summary>Reads an expression.</summary>
    public CodeText Expression(XmlItemAttribute attribute)
    {
        RequireData(attribute);
        return Parse(attribute, ExpressionParser.Parse);
    }

    /// <summary>Reads a condition; without a data model that is <c>In('state')</c>.</summary>
    public CodeText Condition(XmlItemAttribute attribute)
    {
        var condition = Parse(attribute, ExpressionParser.Parse);
        return DataModel == DataModel.Expressions || condition.Expression is InExpression { Parts: [LiteralExpression] }
            ? condition
            : throw Fault("without a data model In('state') is the only condition", attribute, 0);
    }

    /// <summary>Reads the place of a value.</summary>
    public CodeText Location(XmlItemAttribute attribute)
    {
        RequireData(attribute);
        return Parse(attribute, ExpressionParser.ParseLocation);
    }

    /// <summary>Refuses data when there is no data model.</summary>
    public void RequireData(XmlItem item)
    {
        if (DataModel == DataModel.None)
        {
            throw new ScxmlException($"{item.Label} needs a data model, and this file has none", item.Position);
        }
    }

    /// <summary>Refuses what the Samek profile does not have.</summary>
    public void RequireScxml(string what, TextPosition position)
    {
        if (IsSamek)
        {
            throw new ScxmlException($"{what} belongs to the scxml profile", position);
        }
    }

    /// <summary>Refuses what only the Samek profile has.</summary>
    public void RequireSamek(string what, TextPosition position)
    {
        if (!IsSamek)
        {
            throw new ScxmlException($"{what} belongs to the samek profile", position);
        }
    }

    /// <summary>The signal of this name, one for the whole file.</summary>
    public Signal SignalOf(string name)
    {
        if (!_signals.TryGetValue(name, out var signal))
        {
            signal = new Signal(name);
            _signals.Add(name, signal);
        }

        return signal;
    }

    /// <summary>A text that stands in the file, as a value.</summary>
    public ValueSource Constant(XmlItemAttribute attribute)
    {
        return attribute.Value.Length <= DataLimits.MaxTextLength ? new ValueSource(DataValue.Of(attribute.Value))
            : throw Fault($"'{attribute.Name}' has more than {DataLimits.MaxTextLength} characters", attribute, 0);
    }

    /// <summary>The signal of an event that an element names.</summary>
    /// <param name="attribute">The name.</param>
    /// <param name="isMade">Whether the chart is to react to it.</param>
    public Signal EventOf(XmlItemAttribute attribute, bool isMade = true)
    {
        var name = attribute.Value;
        if (name.Length == 0 || name.AsSpan().ContainsAny(" \t\r\n*") || InnerSignals.Contains(name))
        {
            throw Fault($"'{name}' is no name of an event", attribute, 0);
        }

        if (isMade)
        {
            MadeEvents.TryAdd(name, PositionIn(attribute, 0));
        }

        return SignalOf(name);
    }

    private void RequireData(XmlItemAttribute attribute)
    {
        if (DataModel == DataModel.None)
        {
            throw new ScxmlException(
                $"'{attribute.Name}' needs a data model, and this file has none", attribute.Position);
        }
    }

    private CodeText Parse(XmlItemAttribute attribute, Func<string, Expression> parse)
    {
        try
        {
            return new CodeText(parse(attribute.Value), attribute.Value, PositionIn(attribute, 0));
        }
        catch (ExpressionException fault)
        {
            throw Fault($"'{attribute.Name}': {fault.Message}", attribute, fault.Offset);
        }
    }
}
