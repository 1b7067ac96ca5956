namespace Mesh.Statecharts.Expressions;

/// <summary>An operator between two values, both of which are evaluated.</summary>
internal sealed class BinaryExpression(string sign, Expression left, Expression right) : Expression
{
    /// <summary>The operator.</summary>
    public string Sign => sign;

    /// <summary>The value before it.</summary>
    public Expression Left => left;

    /// <summary>The value behind it.</summary>
    public Expression Right => right;

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [left, right];

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) =>
        Operators.Apply(sign, left.Evaluate(scope), right.Evaluate(scope));

    /// <inheritdoc/>
    public override string ToString() => $"({left} {sign} {right})";
}
