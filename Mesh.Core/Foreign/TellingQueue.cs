namespace Mesh.Core.Foreign;

/// <summary>What is to be told later, in order; in blocks, so that a long line is not copied as it grows.</summary>
internal sealed class TellingQueue
{
    private const int BlockSize = 16;

    private readonly Queue<HeldTelling[]> _blocks = new();
    private readonly HeldSteps _steps = new();
    private HeldTelling[] _last = [];
    private int _first;
    private int _next = BlockSize;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one at the end.</summary>
    /// <param name="telling">What is to be told.</param>
    public void Enqueue(in Telling telling)
    {
        if (_next == BlockSize)
        {
            _last = new HeldTelling[BlockSize];
            _blocks.Enqueue(_last);
            _next = 0;
        }

        if (IsStep(telling.Kind))
        {
            _steps.Enqueue(telling.Step, telling.Clock);
        }

        _last[_next++] = new HeldTelling(telling.Kind, telling.Hsm, telling.Notes ?? telling.Missing);
        Count++;
    }

    /// <summary>Takes the first one.</summary>
    /// <param name="telling">What is to be told.</param>
    /// <returns>False when there is none.</returns>
    public bool TryDequeue(out Telling telling)
    {
        telling = default;
        if (Count == 0)
        {
            return false;
        }

        var (kind, hsm, more) = _blocks.Peek()[_first++];
        telling = IsStep(kind)
            ? new Telling
            {
                Kind = kind,
                Hsm = hsm,
                Step = _steps.Dequeue(out var clock),
                Notes = more as byte[],
                Clock = clock,
            }
            : new Telling { Kind = kind, Hsm = hsm, Missing = more };
        Count--;
        if (_first == BlockSize || Count == 0)
        {
            _ = _blocks.Dequeue();
            _first = 0;
            _next = Count == 0 ? BlockSize : _next;
        }

        return true;
    }

    private static bool IsStep(TellingKind kind) => kind is TellingKind.Step or TellingKind.Trace;
}
