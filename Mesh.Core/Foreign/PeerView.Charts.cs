using Mesh.Core.Logs;
using Mesh.Core.Wire;
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
        if (!_charts.TryGetValue((incarnation, chart), out var hsm))
        {
            if (_charts.Count >= WireLimits.MaxSnapshotCharts)
            {
                return null;
            }

            // Until its name comes, a chart is known by its number.
            hsm = new ForeignHsm(this, incarnation, chart);
            _charts.Add((incarnation, chart), hsm);
        }

        _recent[chart % RecentCount] = hsm;
        return hsm;
    }

    private void Identify(ForeignHsm hsm, string name, string traceName, DefinitionHash hash)
    {
        if (hsm.Hash is null)
        {
            hsm.Identify(name, traceName, hash);
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
        else if (_awaited.Add(hash))
        {
            _wanted.Add(hash);
        }
    }

    private void Move(ForeignHsm hsm, in SnapshotChart entry)
    {
        var isFaulted = (entry.States & ChartStates.Faulted) != 0;
        if (hsm.MoveTo(entry.NextStep, entry.Leaf, isFaulted, _gapReason) is { } gap)
        {
            Tell(new Telling { Kind = TellingKind.StepsMissing, Hsm = hsm, StepGap = gap });
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
            Notes = notes.IsEmpty ? ReadOnlyMemory<byte>.Empty : notes.ToArray(),
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
