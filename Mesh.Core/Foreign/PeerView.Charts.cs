using Mesh.Core.Logs;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <content>Finding charts, and telling what happened to them.</content>
internal sealed partial class PeerView
{
    private bool IsHolding => !IsReady || _held.Count > 0;

    private void Enter()
    {
        if (!_isInside)
        {
            Gate.Enter();
            _isInside = true;
        }
    }

    private void Leave()
    {
        if (_isInside)
        {
            _isInside = false;
            Gate.Exit();
        }
    }

    private ForeignHsm? Find(ulong incarnation, uint chart) =>
        _recent[chart % RecentCount] is { } recent && recent.Chart == chart && recent.Incarnation == incarnation
            ? recent
            : FindSlow(incarnation, chart);

    private ForeignHsm? FindSlow(ulong incarnation, uint chart)
    {
        if (_charts.TryGetValue((incarnation, chart), out var hsm))
        {
            _recent[chart % RecentCount] = hsm;
        }

        return hsm;
    }

    private ForeignHsm? FindOrMake(ulong incarnation, uint chart, bool isNamed) =>
        Find(incarnation, chart) ?? Make(incarnation, chart, isNamed);

    private ForeignHsm? Make(ulong incarnation, uint chart, bool isNamed)
    {
        if (_charts.Count >= WireLimits.MaxSnapshotCharts || (!isNamed && _unnamed >= MaxUnnamed))
        {
            return null;
        }

        // Until its name comes, a chart is known by its number.
        var hsm = new ForeignHsm(this, incarnation, chart);
        _charts.Add((incarnation, chart), hsm);
        _unnamed++;
        _recent[chart % RecentCount] = hsm;
        return hsm;
    }

    private void Identify(ForeignHsm hsm, WireText name, WireText traceName, DefinitionHash hash)
    {
        if (hsm.Hash is null)
        {
            hsm.Identify(name, traceName, hash);
            _unnamed--;
        }

        if (hsm.Definition is null)
        {
            Define(hsm, hash);
        }

        if (!hsm.HasAppeared)
        {
            hsm.HasAppeared = true;
            Tell(new Telling { Kind = TellingKind.Appeared, Hsm = hsm });
        }
    }

    private void Define(ForeignHsm hsm, DefinitionHash hash)
    {
        if (_view.Definitions.TryGet(hash, out var definition))
        {
            hsm.Define(definition!);
        }
        else if (_awaited.Count == MaxAwaited)
        {
            _isMoreAwaited |= !_awaited.Contains(hash);
        }
        else if (_awaited.Add(hash))
        {
            _wanted.Add(hash);
        }
    }

    // Too many definitions were needed at once: what is left is asked for when those came.
    private void AwaitMore()
    {
        _isMoreAwaited = false;
        foreach (var hsm in _charts.Values)
        {
            if (hsm is { Hash: { } hash, Definition: null, IsDefinitionRefused: false })
            {
                Define(hsm, hash);
            }
        }
    }

    private void Move(ForeignHsm hsm, in SnapshotChart entry)
    {
        var isFaulted = (entry.States & ChartStates.Faulted) != 0;
        if (hsm.MoveTo(entry.NextStep, entry.Leaf, isFaulted, _gapReason) is { } gap)
        {
            Tell(new Telling { Kind = TellingKind.StepsMissing, Hsm = hsm, Missing = gap });
        }

        Enter();
        if ((entry.States & ChartStates.Ended) != 0)
        {
            Finish(hsm, ForeignEnd.Stopped);
        }
    }

    private void Finish(ForeignHsm hsm, ForeignEnd end)
    {
        if (hsm.End != ForeignEnd.None)
        {
            return;
        }

        hsm.Finish(end);
        Tell(new Telling { Kind = TellingKind.Ended, Hsm = hsm });
        Enter();
        _ended.Enqueue(hsm);
        if (_ended.Count > MaxEnded)
        {
            var oldest = _ended.Dequeue();
            _ = _charts.Remove((oldest.Incarnation, oldest.Chart));
            _unnamed -= oldest.Hash is null ? 1 : 0;
            Budget.Return(oldest.StorageBytes);
            Array.Clear(_recent);
        }
    }

    // Who listens to a chart that is still to be announced will say so when it is.
    private bool IsHeard(ForeignHsm hsm) => hsm.HasListeners || _view.HasStepListeners || IsHolding;

    private void TellStep(ForeignHsm hsm, in StepRecord step, ReadOnlySpan<byte> notes, in FrameClock clock) =>
        Tell(new Telling
        {
            Kind = TellingKind.Step,
            Hsm = hsm,
            Step = step,
            Notes = notes.IsEmpty ? null : notes.ToArray(),
            Clock = clock,
        });

    // Callbacks may read any chart, from any thread that they wait for: so the gate is open while they run.
    private void Tell(in Telling telling)
    {
        if (IsHolding)
        {
            _held.Enqueue(telling);
            return;
        }

        Leave();
        _view.Tell(Peer, telling);
    }
}
