using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Tests.Core.Logs;

/// <summary>A node log with nobody around it, and what it published.</summary>
internal sealed class LaneLab : IFrameOutput, IDisposable
{
    private readonly NodeIdentity _identity;
    private ulong _step;

    public LaneLab(FrameRingLimits? limits = null)
    {
        _identity = NodeIdentity.FromSeed(Primitives, SHA256.HashData("lane lab"u8));
        Log = new NodeLog(new NodeLogSetup
        {
            Primitives = Primitives,
            Identity = _identity,
            Incarnation = 7,
            Scale = new TimestampScale(TimeSpan.TicksPerSecond),
            Limits = limits ?? new FrameRingLimits(),
        });
    }

    public IPrimitives Primitives { get; } = PrimitivesProvider.Load();

    public NodeLog Log { get; }

    public LaneLog Spy => Log.Spy;

    public NodeId Node => _identity.Id;

    /// <summary>True while published frames are kept here.</summary>
    public bool IsKeeping { get; set; } = true;

    public List<byte[]> Published { get; } = [];

    public FrameOpener MakeOpener()
    {
        Span<byte> node = stackalloc byte[NodeId.SizeBytes];
        Node.Write(node);
        return new FrameOpener(Primitives, _identity.Signing.PublicKey, node);
    }

    /// <summary>Writes a step of chart 1 into the open frame.</summary>
    public bool Write(TimeSpan now, int noteBytes = 0)
    {
        var step = new StepRecord
        {
            Number = _step++,
            Kind = StepKind.Step,
            Timestamp = now.Ticks,
            Outcome = StepOutcome.OfTransition(0),
            NoteBytes = noteBytes,
        };
        Span<byte> notes = stackalloc byte[noteBytes];
        return Spy.Open(new FrameBase(1_700_000_000_000_000, 0, 0), now).TryWriteStep(1, step, notes);
    }

    public bool Flush(TimeSpan now) => Log.Flush(Spy, now, this);

    public void Publish(Topic topic, ReadOnlySpan<byte> frame)
    {
        if (IsKeeping)
        {
            Published.Add(frame.ToArray());
        }
    }

    public void Dispose()
    {
        Log.Dispose();
        _identity.Dispose();
    }
}
