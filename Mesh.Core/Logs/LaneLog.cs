using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <summary>One lane of this node's incarnation: an append-only log of sealed, signed frames.</summary>
/// <remarks>
/// Records go through <see cref="Open"/> into the frame that is being filled; <see cref="Seal"/> closes it, keeps it in
/// the ring and gives it for sending. A frame is due when it is full enough, when nothing was sealed in the last
/// <see cref="FlushDelay"/>, else that time after its first record. One thread (the loop) uses it.
/// </remarks>
internal sealed class LaneLog : IDisposable
{
    /// <summary>How long records wait for company while the lane is busy: 2 ms.</summary>
    public static readonly TimeSpan FlushDelay = TimeSpan.FromMilliseconds(2);

    private readonly FrameSealer _sealer;
    private readonly LaneEpochs _epochs;
    private readonly RecordWriter _writer;
    private readonly byte[] _plaintext = new byte[64 * 1024];
    private FrameBase _base;
    private bool _isOpen;
    private TimeSpan _dueAt;
    private TimeSpan _sealedAt = TimeSpan.MinValue;

    /// <summary>Makes an empty lane.</summary>
    /// <param name="setup">What it is made of.</param>
    /// <param name="lane">Its number within the incarnation.</param>
    /// <param name="kind">What it carries.</param>
    public LaneLog(NodeLogSetup setup, ushort lane, LaneKinds kind)
    {
        Lane = lane;
        Kind = kind;
        Incarnation = setup.Incarnation;
        Frames = new FrameRing(setup.Limits);
        Span<byte> node = stackalloc byte[NodeId.SizeBytes];
        setup.Identity.Id.Write(node);
        _sealer = new FrameSealer(setup.Primitives, setup.Identity.Signing, node);
        _epochs = new LaneEpochs(setup.Primitives, setup.Epochs);
        _writer = new RecordWriter(setup.Scale);

        Span<byte> topic = stackalloc byte[WireSizes.TopicBytes];
        setup.Primitives.Fill(topic);
        Topic = Topic.Read(topic);
    }

    /// <summary>Its number within the incarnation.</summary>
    public ushort Lane { get; }

    /// <summary>What it carries.</summary>
    public LaneKinds Kind { get; }

    /// <summary>The incarnation of this node.</summary>
    public ulong Incarnation { get; }

    /// <summary>The topic of its frames.</summary>
    public Topic Topic { get; }

    /// <summary>The sealed frames that are kept.</summary>
    public FrameRing Frames { get; }

    /// <summary>Bytes a second that it publishes.</summary>
    public RateMeter Rate { get; } = new();

    /// <summary>What its records amount to: the content of a snapshot.</summary>
    public LaneImage Image { get; } = new();

    /// <summary>Whether more will come.</summary>
    public LaneEnd End { get; set; }

    /// <summary>Number of the newest record, sealed or not; 0 before the first.</summary>
    public ulong LastRecord => SealedRecords + (_isOpen ? (ulong)_writer.Count : 0);

    /// <summary>Number of the newest sealed record.</summary>
    public ulong SealedRecords { get; private set; }

    /// <summary>How far the lane has come, for a PING.</summary>
    public LaneHead Head => new(Lane, Incarnation, Frames.Last, SealedRecords);

    /// <summary>The epochs whose keys a reader with the right gets.</summary>
    public IReadOnlyList<LaneEpoch> Epochs => _epochs.All;

    /// <summary>The lane as LANES lists it.</summary>
    public LaneEntry Entry => new()
    {
        Lane = Lane,
        Kind = Kind,
        Topic = Topic,
        Incarnation = Incarnation,
        FirstFrame = Frames.First,
        LastFrame = Frames.Last,
        End = End,
    };

    /// <summary>True when the open frame is full enough to be sealed whatever the time is.</summary>
    public bool IsFull => _isOpen && _writer.IsDue;

    /// <summary>When the open frame is due; <see cref="TimeSpan.MaxValue"/> when there is none.</summary>
    public TimeSpan DueAt => _isOpen && _writer.Count > 0 ? _dueAt : TimeSpan.MaxValue;

    /// <summary>Gives the writer of the open frame, and opens one when there is none.</summary>
    /// <param name="frameBase">The clocks, for a frame that is opened now.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>The writer; a record that it refuses fits after <see cref="Seal"/>.</returns>
    public RecordWriter Open(in FrameBase frameBase, TimeSpan now)
    {
        if (!_isOpen)
        {
            _base = frameBase;
            _writer.Begin(_plaintext, frameBase);
            _isOpen = true;
            _dueAt = _sealedAt == TimeSpan.MinValue || now - _sealedAt >= FlushDelay ? now : now + FlushDelay;
        }

        return _writer;
    }

    /// <summary>Seals the open frame, if it holds a record.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="frame">The frame to send, valid until the next one is sealed.</param>
    /// <returns>False when there is nothing to seal.</returns>
    public bool Seal(TimeSpan now, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (!_isOpen || _writer.Count == 0)
        {
            return false;
        }

        var plaintext = _writer.Finish();
        var number = Frames.Last + 1;
        var epoch = _epochs.Use(number, now);
        var facts = new KeptFrame(number, SealedRecords + 1, (uint)_writer.Count, epoch.Number);
        var header = new FrameHeader
        {
            Lane = Lane,
            Incarnation = Incarnation,
            Epoch = epoch.Number,
            FrameNumber = number,
            FirstRecord = facts.FirstRecord,
            RecordCount = facts.Count,
        };

        var room = Frames.Reserve(SealedFrame.SizeOf(plaintext.Length));
        var length = _sealer.Seal(epoch.Key, header, plaintext, room);
        frame = Frames.Commit(facts, length, now);
        Forget();
        SealedRecords += facts.Count;
        Rate.Add(length, now);
        _isOpen = false;
        _sealedAt = now;
        return true;
    }

    /// <summary>Makes the next epoch key when it is time to grant it ahead.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="made">The planned epoch.</param>
    /// <returns>True when one was made now.</returns>
    public bool TryPlanEpoch(TimeSpan now, out LaneEpoch made) => _epochs.TryPlan(now, out made);

    /// <summary>Replaces the epoch key at once, because a reader was removed.</summary>
    /// <returns>The fresh epoch, which seals the next frame.</returns>
    public LaneEpoch ReplaceEpoch() => _epochs.Replace();

    /// <summary>Makes a snapshot, valid after <see cref="LastRecord"/>.</summary>
    /// <returns>Its bytes, as docs/wire-format.md §8 says.</returns>
    public ReadOnlyMemory<byte> MakeSnapshot() => Image.Encode(this, _base);

    // What belonged to frames that are no longer held.
    private void Forget()
    {
        _epochs.Forget(Frames.First);
        _ = Frames.TryGet(Frames.First, out _, out var oldest);
        Image.Forget(oldest.FirstRecord);
    }

    /// <summary>Destroys the keys.</summary>
    public void Dispose() => _epochs.Dispose();
}
