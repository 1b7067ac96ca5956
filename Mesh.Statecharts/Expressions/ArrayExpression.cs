namespace Mesh.Statecharts.Expressions;

/// <summary>An array of what its parts are.</summary>
internal sealed class ArrayExpression(IReadOnlyList<Expression> items) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => items;

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) => DataValue.Of(items.Select(item => item.Evaluate(scope)));

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", items)}]";
}
