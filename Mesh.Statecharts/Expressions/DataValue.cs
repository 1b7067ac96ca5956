using System.Globalization;
using System.Text;

namespace Mesh.Statecharts.Expressions;

/// <summary>A value of a chart's data model: what JSON can say. Immutable; the default value is null.</summary>
public readonly partial struct DataValue : IEquatable<DataValue>
{
    private readonly double _number;
    private readonly object? _content;

    private DataValue(DataKind kind, double number, object? content)
    {
        Kind = kind;
        _number = number;
        _content = content;
    }

    /// <summary>No value.</summary>
    public static DataValue Null => default;

    /// <summary>What sort of value it is.</summary>
    public DataKind Kind { get; }

    /// <summary>Whether a condition of this value holds: all but null, false, 0, and the empty text.</summary>
    public bool IsTrue => Kind switch
    {
        DataKind.Null => false,
        DataKind.Boolean or DataKind.Number => _number != 0,
        DataKind.Text => Text.Length > 0,
        _ => true,
    };

    /// <summary>The number; 0 when it is none.</summary>
    public double Number => Kind == DataKind.Number ? _number : 0;

    /// <summary>The characters; empty when it is no text.</summary>
    public string Text => _content as string ?? "";

    /// <summary>The values of an array or object in their order; none for anything else.</summary>
    public IReadOnlyList<DataValue> Items => List?.Values ?? [];

    /// <summary>The names of an object's values, in the order of <see cref="Items"/>; none for anything else.</summary>
    public IReadOnlyList<string> Names => List?.Names ?? [];

    /// <summary>How many values are inside, at all depths.</summary>
    internal int Count => List?.Count ?? 0;

    /// <summary>How deep values lie inside.</summary>
    internal int Depth => List?.Depth ?? 0;

    private DataList? List => _content as DataList;

    /// <summary>Whether two values are the same.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another.</param>
    public static bool operator ==(DataValue left, DataValue right) => left.Equals(right);

    /// <summary>Whether two values differ.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another.</param>
    public static bool operator !=(DataValue left, DataValue right) => !left.Equals(right);

    /// <summary>A boolean.</summary>
    /// <param name="value">True or false.</param>
    /// <returns>The value.</returns>
    public static DataValue Of(bool value) => new(DataKind.Boolean, value ? 1 : 0, null);

    /// <summary>A number.</summary>
    /// <param name="value">Finite.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataException">The number is not finite.</exception>
    public static DataValue Of(double value)
    {
        return double.IsFinite(value) ? new DataValue(DataKind.Number, value, null)
            : throw new DataException("the result is no finite number");
    }

    /// <summary>A text.</summary>
    /// <param name="value">At most <see cref="DataLimits.MaxTextLength"/> characters.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataException">The text is too long.</exception>
    public static DataValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Length <= DataLimits.MaxTextLength ? new DataValue(DataKind.Text, 0, value)
            : throw new DataException($"a text has more than {DataLimits.MaxTextLength} characters");
    }

    /// <summary>An array.</summary>
    /// <param name="items">The values; copied.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataException">A limit of <see cref="DataLimits"/> is passed.</exception>
    public static DataValue Of(IEnumerable<DataValue> items) =>
        new(DataKind.Array, 0, new DataList([.. items], null));

    /// <summary>An object.</summary>
    /// <param name="members">The values by their names; of two of one name the later one stays.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataException">A limit of <see cref="DataLimits"/> is passed.</exception>
    public static DataValue Of(IEnumerable<KeyValuePair<string, DataValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var ordered = new OrderedDictionary<string, DataValue>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            ordered[name] = value;
        }

        return new DataValue(DataKind.Record, 0, new DataList([.. ordered.Values], [.. ordered.Keys]));
    }

    /// <summary>Looks up a value of an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when there is none of this name or this is no object.</returns>
    public bool TryGet(string name, out DataValue value)
    {
        var place = Kind == DataKind.Record ? List!.Find(name) : -1;
        value = place >= 0 ? List!.Values[place] : default;
        return place >= 0;
    }

    /// <summary>A copy of this object in which one value is another.</summary>
    /// <param name="name">Its name; added when there is none.</param>
    /// <param name="value">The new value.</param>
    /// <returns>The copy.</returns>
    internal DataValue With(string name, DataValue value)
    {
        var list = List!;
        var place = list.Find(name);
        if (place >= 0)
        {
            return new DataValue(Kind, 0, new DataList(Replace(list.Values, place, value), list.Names));
        }

        return new DataValue(Kind, 0, new DataList([.. list.Values, value], [.. list.Names!, name]));
    }

    /// <summary>A copy of this array in which one value is another.</summary>
    /// <param name="place">At most the length, where it is added.</param>
    /// <param name="value">The new value.</param>
    /// <returns>The copy.</returns>
    internal DataValue With(int place, DataValue value)
    {
        var values = List!.Values;
        return new DataValue(
            Kind, 0, new DataList(place == values.Length ? [.. values, value] : Replace(values, place, value), null));
    }

    /// <inheritdoc/>
    public bool Equals(DataValue other)
    {
        if (Kind != other.Kind || ReferenceEquals(_content, other._content))
        {
            return Kind == other.Kind && _number.Equals(other._number);
        }

        if (Kind == DataKind.Text)
        {
            return Text == other.Text;
        }

        var (left, right) = (List!, other.List!);
        return left.Count == right.Count && left.Depth == right.Depth
            && (Kind == DataKind.Array ? left.Values.AsSpan().SequenceEqual(right.Values) : HasMembersOf(right));
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DataValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, _number, Text, List?.Values.Length);

    /// <summary>What people read: a text as it is, everything else as JSON.</summary>
    /// <returns>The text, cut after <see cref="DataLimits.MaxTextLength"/> characters.</returns>
    public override string ToString()
    {
        if (Kind == DataKind.Text)
        {
            return Text;
        }

        var text = new StringBuilder();
        Write(text);
        return text.ToString(0, Math.Min(text.Length, DataLimits.MaxTextLength));
    }

    private static DataValue[] Replace(DataValue[] values, int place, DataValue value)
    {
        var copy = (DataValue[])values.Clone();
        copy[place] = value;
        return copy;
    }

    // Whole numbers are written out as far as each of them has a double of its own.
    private static string NumberText(double number)
    {
        const double longest = 9_007_199_254_740_992;
        return number == Math.Truncate(number) && Math.Abs(number) <= longest
            ? (number == 0 ? "0" : number.ToString("F0", CultureInfo.InvariantCulture))
            : number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
    }

    private bool HasMembersOf(DataList other)
    {
        var own = List!;
        for (var place = 0; place < own.Values.Length; place++)
        {
            var found = other.Find(own.Names![place]);
            if (found < 0 || !own.Values[place].Equals(other.Values[found]))
            {
                return false;
            }
        }

        return own.Values.Length == other.Values.Length;
    }
}
