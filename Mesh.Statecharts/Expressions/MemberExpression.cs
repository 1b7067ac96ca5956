namespace Mesh.Statecharts.Expressions;

/// <summary>A part of a value: <c>owner.name</c> and <c>owner[key]</c>.</summary>
internal sealed class MemberExpression(Expression owner, Expression key) : Expression
{
    /// <summary>The value that has the part.</summary>
    public Expression Owner => owner;

    /// <summary>Which part.</summary>
    public Expression Key => key;

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Parts => [owner, key];

    /// <summary>Reads a part of a value; what an object does not have is null.</summary>
    /// <exception cref="DataException">The value has no such parts.</exception>
    public static DataValue Read(DataValue owner, DataValue key)
    {
        switch (owner.Kind, key.Kind)
        {
            case (DataKind.Record, DataKind.Text):
                owner.TryGet(key.Text, out var member);
                return member;
            case (DataKind.Array, DataKind.Number):
                return IsPlace(key.Number, owner.Items.Count) ? owner.Items[(int)key.Number] : DataValue.Null;
            case (DataKind.Text, DataKind.Number):
                return IsPlace(key.Number, owner.Text.Length) ? DataValue.Of(owner.Text[(int)key.Number].ToString())
                    : DataValue.Null;
            case (DataKind.Array, DataKind.Text) when key.Text == "length":
                return DataValue.Of(owner.Items.Count);
            case (DataKind.Text, DataKind.Text) when key.Text == "length":
                return DataValue.Of(owner.Text.Length);
            default:
                throw new DataException($"{Operators.Describe(owner)} has no member {Operators.Describe(key)}");
        }
    }

    /// <inheritdoc/>
    public override DataValue Evaluate(IDataScope scope) => Read(owner.Evaluate(scope), key.Evaluate(scope));

    /// <inheritdoc/>
    public override string ToString() => $"{owner}[{key}]";

    private static bool IsPlace(double number, int length) =>
        number >= 0 && number < length && number == Math.Truncate(number);
}
