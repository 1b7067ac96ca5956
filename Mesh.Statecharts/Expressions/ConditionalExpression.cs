namespace Mesh.Statecharts.Expressions;

/// <summary>One of two values, by a condition.</summary>
internal sealed class ConditionalExpression(Expression condition, Expression whenTrue, Expression whenFalse)
    : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [condition, whenTrue, whenFalse];

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) =>
        (condition.Evaluate(scope).IsTrue ? whenTrue : whenFalse).Evaluate(scope);

    /// <inheritdoc/>
    public override string ToString() => $"({condition} ? {whenTrue} : {whenFalse})";
}
