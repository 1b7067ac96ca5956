namespace Mesh.Statecharts.Expressions;

/// <summary>What the operators between two values do. No value is turned into one of another sort, save for a text
/// that something is added to.</summary>
internal static class Operators
{
    private const int MaxShownLength = 40;

    /// <summary>Applies an operator.</summary>
    /// <exception cref="DataException">The values do not suit it.</exception>
    public static DataValue Apply(string sign, DataValue left, DataValue right) => sign switch
    {
        "==" => DataValue.Of(left == right),
        "!=" => DataValue.Of(left != right),
        "<" or "<=" or ">" or ">=" => DataValue.Of(Compare(sign, left, right)),
        "+" when left.Kind == DataKind.Text || right.Kind == DataKind.Text => Join(left, right),
        _ when left.Kind != DataKind.Number || right.Kind != DataKind.Number =>
            throw new DataException($"'{sign}' takes two numbers, not {Describe(left)} and {Describe(right)}"),
        "+" => DataValue.Of(left.Number + right.Number),
        "-" => DataValue.Of(left.Number - right.Number),
        "*" => DataValue.Of(left.Number * right.Number),
        _ when right.Number == 0 => throw new DataException($"{left} {sign} 0: division by zero"),
        "/" => DataValue.Of(left.Number / right.Number),
        _ => DataValue.Of(left.Number % right.Number),
    };

    /// <summary>A value for a message: what it is, and its text if that is short.</summary>
    public static string Describe(DataValue value)
    {
        var text = value.ToString();
        return value.Kind switch
        {
            DataKind.Null => "null",
            _ when text.Length > MaxShownLength => $"this {KindName(value.Kind)}",
            DataKind.Text => $"'{text}'",
            _ => text,
        };
    }

    private static string KindName(DataKind kind) => kind switch
    {
        DataKind.Array => "array",
        DataKind.Record => "object",
        DataKind.Text => "text",
        _ => "value",
    };

    private static DataValue Join(DataValue left, DataValue right)
    {
        var (first, second) = (left.ToString(), right.ToString());
        return first.Length + second.Length <= DataLimits.MaxTextLength ? DataValue.Of(first + second)
            : throw new DataException($"a text has more than {DataLimits.MaxTextLength} characters");
    }

    private static bool Compare(string sign, DataValue left, DataValue right)
    {
        var order = (left.Kind, right.Kind) switch
        {
            (DataKind.Number, DataKind.Number) => left.Number.CompareTo(right.Number),
            (DataKind.Text, DataKind.Text) => string.CompareOrdinal(left.Text, right.Text),
            _ => throw new DataException(
                $"'{sign}' takes two numbers or two texts, not {Describe(left)} and {Describe(right)}"),
        };
        return sign switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
