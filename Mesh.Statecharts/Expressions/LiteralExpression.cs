namespace Mesh.Statecharts.Expressions;

/// <summary>A value that stands in the text.</summary>
internal sealed class LiteralExpression(DataValue value) : Expression
{
    /// <summary>The value.</summary>
    public DataValue Value => value;

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) => value;

    /// <inheritdoc/>
    public override string ToString() => DataValue.Of([value]).ToString()[1..^1];
}
