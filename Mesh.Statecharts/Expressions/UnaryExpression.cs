namespace Mesh.Statecharts.Expressions;

/// <summary>An operator before one value.</summary>
internal sealed class UnaryExpression(string sign, Expression operand) : Expression
{
    /// <summary>The operator: <c>!</c>, <c>-</c> or <c>+</c>.</summary>
    public string Sign => sign;

    /// <summary>What it is applied to.</summary>
    public Expression Operand => operand;

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [operand];

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope)
    {
        var value = operand.Evaluate(scope);
        if (sign == "!")
        {
            return DataValue.Of(!value.IsTrue);
        }

        return value.Kind == DataKind.Number ? DataValue.Of(sign == "-" ? -value.Number : value.Number)
            : throw new DataException($"'{sign}' takes a number, not {Operators.Describe(value)}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"({sign}{operand})";
}
