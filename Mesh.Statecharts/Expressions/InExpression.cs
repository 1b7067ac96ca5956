namespace Mesh.Statecharts.Expressions;

/// <summary>Whether a state is active.</summary>
internal sealed class InExpression(Expression state) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [state];

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope)
    {
        var name = state.Evaluate(scope);
        return name.Kind == DataKind.Text ? DataValue.Of(scope.IsIn(name.Text))
            : throw new DataException($"In() takes the name of a state, not {Operators.Describe(name)}");
    }

    /// <inheritdoc/>
    public override string ToString() => $"In({state})";
}
