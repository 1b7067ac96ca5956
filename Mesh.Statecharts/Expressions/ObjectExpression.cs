namespace Mesh.Statecharts.Expressions;

/// <summary>An object of what its parts are.</summary>
internal sealed class ObjectExpression(IReadOnlyList<KeyValuePair<string, Expression>> members) : Expression
{
    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [.. members.Select(member => member.Value)];

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) => DataValue.Of(
        members.Select(member => KeyValuePair.Create(member.Key, member.Value.Evaluate(scope))));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{{{string.Join(", ", members.Select(member => $"{member.Key}: {member.Value}"))}}}";
}
