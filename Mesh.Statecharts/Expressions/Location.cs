namespace Mesh.Statecharts.Expressions;

/// <summary>A place for a value: a variable, or a part of one. Values are immutable, so the way to the part is made
/// anew.</summary>
internal static class Location
{
    /// <summary>Puts a value in its place.</summary>
    /// <param name="location">A variable, or members of one.</param>
    /// <param name="value">The value.</param>
    /// <param name="scope">Has the variable.</param>
    /// <exception cref="DataException">There is no such place.</exception>
    public static void Assign(Expression location, DataValue value, IDataScope scope)
    {
        while (location is MemberExpression member)
        {
            var owner = member.Owner.Evaluate(scope);
            value = Replace(owner, member.Key.Evaluate(scope), value);
            location = member.Owner;
        }

        scope.Write(((VariableExpression)location).Name, value);
    }

    private static DataValue Replace(DataValue owner, DataValue key, DataValue value)
    {
        if (owner.Kind == DataKind.Record && key.Kind == DataKind.Text)
        {
            return owner.With(key.Text, value);
        }

        // An array grows by one place at its end.
        var isPlace = owner.Kind == DataKind.Array && key.Kind == DataKind.Number
            && key.Number >= 0 && key.Number <= owner.Items.Count && key.Number == Math.Truncate(key.Number);
        return isPlace ? owner.With((int)key.Number, value)
            : throw new DataException($"{Operators.Describe(owner)} has no place {Operators.Describe(key)}");
    }
}
