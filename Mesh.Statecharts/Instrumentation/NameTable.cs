using System.Diagnostics.CodeAnalysis;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Names for numbers beyond those of a definition. Only grows. Thread-safe.</summary>
public sealed class NameTable
{
    /// <summary>The most names of a table; on a running chart what comes after shares the last one.</summary>
    public const int MaxNames = 1_024;

    private const string Overflow = "(more)";

    private Dictionary<string, int>? _numbers;
    private readonly Lock _writing = new();
    private string?[] _names = [];
    private int _count;

    /// <summary>Makes an empty table.</summary>
    /// <param name="first">The first number that it may name: how many the definition has.</param>
    public NameTable(int first)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        First = first;
    }

    /// <summary>The first number that the table may name.</summary>
    public int First { get; }

    /// <summary>How many numbers from <see cref="First"/> on may have a name; grows.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Looks a name up.</summary>
    /// <param name="number">Any number.</param>
    /// <param name="name">The name, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the number has no name in this table.</returns>
    public bool TryGet(int number, [NotNullWhen(true)] out string? name)
    {
        var index = (long)number - First;
        name = index >= 0 && index < Count ? Volatile.Read(ref _names)[index] : null;
        return name is not null;
    }

    /// <summary>Names a number, as a peer told.</summary>
    /// <param name="number">Any number, untrusted.</param>
    /// <param name="name">The name.</param>
    /// <returns><see langword="false"/> when the number is out of range or has another name already.</returns>
    public bool TrySet(int number, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var index = (long)number - First;
        if (index is < 0 or >= MaxNames)
        {
            return false;
        }

        lock (_writing)
        {
            if (TryGet(number, out var known))
            {
                return known == name;
            }

            Set((int)index, name);
            return true;
        }
    }

    /// <summary>The number of a name, a new one if need be. Posters and the chart itself meet new names.</summary>
    internal int NumberOf(string name)
    {
        lock (_writing)
        {
            _numbers ??= new Dictionary<string, int>(StringComparer.Ordinal);
            if (_numbers.TryGetValue(name, out var number))
            {
                return number;
            }

            if (_count >= MaxNames)
            {
                return First + MaxNames - 1;
            }

            var index = _count;
            Set(index, index == MaxNames - 1 ? Overflow : name);
            if (index < MaxNames - 1)
            {
                _numbers.Add(name, First + index);
            }

            return First + index;
        }
    }

    private void Set(int index, string name)
    {
        if (index >= _names.Length)
        {
            var names = new string?[Math.Max(index + 1, Math.Max(4, 2 * _names.Length))];
            _names.CopyTo(names, 0);
            Volatile.Write(ref _names, names);
        }

        Volatile.Write(ref _names[index], name);
        Volatile.Write(ref _count, Math.Max(_count, index + 1));
    }
}
