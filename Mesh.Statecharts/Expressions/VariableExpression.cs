namespace Mesh.Statecharts.Expressions;

/// <summary>The value of a variable.</summary>
internal sealed class VariableExpression(string name) : Expression
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) =>
        scope.TryRead(name, out var value) ? value : throw new DataException($"there is no variable '{name}'");

    /// <inheritdoc/>
    public override string ToString() => name;
}
