using System.Buffers.Binary;
using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>The canonical bytes of a definition, well-formed but unchecked, and where its items are in them.</summary>
/// <remarks>
/// It takes its bytes and four for each item: what came from a peer is not made into objects before somebody asks.
/// </remarks>
internal sealed class PackedChart
{
    private const int DefinitionFields = 6;
    private const int MaxItemDepth = 5;
    private const int MaxDepth = 7;

    private readonly byte[] _bytes;
    private int _length;
    private int[] _states = [];
    private int[] _transitions = [];
    private int[] _signals = [];
    private int _initialTargets;

    private PackedChart(int capacity) => _bytes = new byte[capacity];

    private delegate bool RowForm(ref CanonicalReader reader, bool isScxml);

    /// <summary>The canonical form: fields that are not known were left out.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _length);

    /// <summary>The author's version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The number of the profile.</summary>
    public int Profile { get; private set; }

    /// <summary>The number of the style.</summary>
    public int Style { get; private set; }

    /// <summary>How many states there are.</summary>
    public int StateCount => _states.Length;

    /// <summary>How many transitions there are.</summary>
    public int TransitionCount => _transitions.Length;

    /// <summary>How many signals there are.</summary>
    public int SignalCount => _signals.Length;

    /// <summary>The states in which the chart starts.</summary>
    public NumberList InitialTargets
    {
        get
        {
            var numbers = default(NumberList);
            if (IsScxml)
            {
                var reader = ReaderAt(_initialTargets);
                _ = reader.TryReadNumbers(out numbers);
            }

            return numbers;
        }
    }

    private bool IsScxml => Profile == (int)Definition.Profile.Scxml;

    /// <summary>Reads the form of a definition; what it says is not checked.</summary>
    /// <param name="source">The bytes, untrusted.</param>
    /// <returns>Null when they are malformed, or a list is longer than its limit.</returns>
    public static PackedChart? Read(ReadOnlySpan<byte> source)
    {
        var chart = new PackedChart(source.Length);
        return chart.TryTake(source) ? chart : null;
    }

    /// <summary>Reads a state.</summary>
    /// <param name="number">Its number.</param>
    public StateRow State(int number)
    {
        var reader = ReaderAt(_states[number]);
        _ = StateRow.TryRead(ref reader, IsScxml, out var row);
        return row;
    }

    /// <summary>Reads a transition.</summary>
    /// <param name="number">Its number.</param>
    public TransitionRow Transition(int number)
    {
        var reader = ReaderAt(_transitions[number]);
        _ = TransitionRow.TryRead(ref reader, IsScxml, out var row);
        return row;
    }

    /// <summary>Reads a signal.</summary>
    /// <param name="number">Its number.</param>
    public SignalRow Signal(int number)
    {
        var reader = ReaderAt(_signals[number]);
        _ = SignalRow.TryRead(ref reader, out var row);
        return row;
    }

    /// <summary>The name of a state, as UTF-8.</summary>
    /// <param name="number">Its number.</param>
    public ReadOnlySpan<byte> NameOf(int number) => NameAt(_states[number]);

    /// <summary>The name of a signal, as UTF-8.</summary>
    /// <param name="number">Its number.</param>
    public ReadOnlySpan<byte> SignalNameOf(int number) => NameAt(_signals[number]);

    /// <summary>The name of a state, for people.</summary>
    /// <param name="number">Its number.</param>
    public string TextOf(int number) => Encoding.UTF8.GetString(NameOf(number));

    /// <summary>The number of the second of two states that have one name; null when all names differ.</summary>
    public int? FindStateTwice() => new NameOrder(this, _states).FindTwice();

    /// <summary>The number of the second of two signals that have one name; null when all names differ.</summary>
    public int? FindSignalTwice() => new NameOrder(this, _signals).FindTwice();

    /// <summary>The name with which a state or a signal begins, as UTF-8; its form was checked.</summary>
    /// <param name="position">Where the state or the signal is.</param>
    public ReadOnlySpan<byte> NameAt(int position)
    {
        var tag = _bytes[position];
        return tag switch
        {
            0xd9 => _bytes.AsSpan(position + 2, _bytes[position + 1]),
            0xda => _bytes.AsSpan(position + 3, BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(position + 1))),
            _ => _bytes.AsSpan(position + 1, tag & 31),
        };
    }

    private CanonicalReader ReaderAt(int position) => new(_bytes.AsSpan(0, _length), position);

    private bool TryTake(ReadOnlySpan<byte> source)
    {
        var reader = new CanonicalReader(source);
        if (!reader.TryReadArray(DefinitionFields, out var unknown))
        {
            return false;
        }

        var head = _length++;
        var start = reader.Position;
        if (!reader.TryReadText(out var version) || !reader.TryReadNumber(out var profile)
            || !reader.TryReadNumber(out var style))
        {
            return false;
        }

        (Version, Profile, Style) = (Encoding.UTF8.GetString(version), profile, style);
        Copy(reader.ReadSince(start));
        var isTaken = TryTakeList(
                ref reader,
                ChartLimits.MaxStates,
                IsScxml ? StateRow.ScxmlFields : StateRow.Fields,
                IsState,
                ref _states)
            && TryTakeList(
                ref reader,
                ChartLimits.MaxTransitions,
                IsScxml ? TransitionRow.ScxmlFields : TransitionRow.Fields,
                IsTransition,
                ref _transitions)
            && TryTakeList(ref reader, ChartLimits.MaxSignals, SignalRow.Fields, IsSignal, ref _signals);
        if (!isTaken || (IsScxml && (--unknown < 0 || !TryTakeInitialTargets(ref reader))))
        {
            return false;
        }

        _bytes[head] = (byte)(0x90 | (IsScxml ? DefinitionFields + 1 : DefinitionFields));
        return reader.TrySkip(unknown, MaxDepth) && reader.IsAtEnd;
    }

    private bool TryTakeList(ref CanonicalReader reader, int max, int fields, RowForm hasForm, ref int[] places)
    {
        var start = reader.Position;
        // Each field takes a byte at least: a greater count is a lie, found before anything is allocated for it.
        if (!reader.TryReadCount(max, out var count) || count > reader.BytesLeft / (fields + 1))
        {
            return false;
        }

        Copy(reader.ReadSince(start));
        places = new int[count];
        for (var number = 0; number < count; number++)
        {
            if (!reader.TryReadArray(fields, out var unknown))
            {
                return false;
            }

            _bytes[_length++] = (byte)(0x90 | fields);
            places[number] = _length;
            start = reader.Position;
            if (!hasForm(ref reader, IsScxml))
            {
                return false;
            }

            Copy(reader.ReadSince(start));
            if (!reader.TrySkip(unknown, MaxItemDepth))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryTakeInitialTargets(ref CanonicalReader reader)
    {
        _initialTargets = _length;
        var start = reader.Position;
        var isRead = reader.TryReadNumbers(out _);
        Copy(reader.ReadSince(start));
        return isRead;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private static bool IsState(ref CanonicalReader reader, bool isScxml) =>
        StateRow.TryRead(ref reader, isScxml, out _);

    private static bool IsTransition(ref CanonicalReader reader, bool isScxml) =>
        TransitionRow.TryRead(ref reader, isScxml, out _);

    private static bool IsSignal(ref CanonicalReader reader, bool isScxml) => SignalRow.TryRead(ref reader, out _);
}
