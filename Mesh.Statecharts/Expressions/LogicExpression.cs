namespace Mesh.Statecharts.Expressions;

/// <summary>And, or: the second value is evaluated only when the first does not decide; the deciding one is the
/// result.</summary>
internal sealed class LogicExpression(bool isAnd, Expression left, Expression right) : Expression
{
    /// <summary>Whether both must hold.</summary>
    public bool IsAnd => isAnd;

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [left, right];

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope)
    {
        var first = left.Evaluate(scope);
        return first.IsTrue == isAnd ? right.Evaluate(scope) : first;
    }

    /// <inheritdoc/>
    public override string ToString() => $"({left} {(isAnd ? "&&" : "||")} {right})";
}
