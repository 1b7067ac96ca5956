using System.Diagnostics.CodeAnalysis;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>
/// Tells one loop which of many rings have something new, so that the loop need not look at all of them and a chart
/// need
/// not wake the loop for every step.
/// </summary>
/// <remarks>
/// <code>
/// loop:   while (doorbell.TryTake(out var ring)) { read ring until Empty, or Return(ring) to go on with it later }
///         if (doorbell.TrySleep()) { wait for the wake-up, sockets, timers; doorbell.Awake(); }
/// chart:  publish step; if (not listed) { list; if (loop sleeps) wake(); }
/// </code>
/// A chart does not fence between publishing a step and looking whether it is listed, so it may miss that the loop has
/// just
/// taken its ring. <see cref="TrySleep"/> makes up for that once per sleep instead of once per step: it says that the
/// loop
/// sleeps, issues a process-wide barrier, and looks at the rings that were taken since the last barrier again.
/// </remarks>
public sealed class StepDoorbell
{
    private readonly Action _wake;
    private readonly List<DoorbellEntry> _taken = [];
    private DoorbellEntry? _listed;
    private DoorbellEntry? _batch;
    private int _sleeping;

    /// <summary>Makes a doorbell.</summary>
    /// <param name="wake">Ends the loop's wait; called by charts' threads, must be quick and must not throw.</param>
    public StepDoorbell(Action wake)
    {
        ArgumentNullException.ThrowIfNull(wake);
        _wake = wake;
    }

    /// <summary>Takes a ring that may have something new. The loop's thread only.</summary>
    /// <param name="ring">The ring, when the method returns <see langword="true"/>; read until empty or give it
    /// back.</param>
    /// <returns><see langword="false"/> when no ring is listed.</returns>
    public bool TryTake([NotNullWhen(true)] out StepRing? ring)
    {
        _batch ??= Reverse(Interlocked.Exchange(ref _listed, null));
        if (_batch is not { } entry)
        {
            ring = null;
            return false;
        }

        _batch = entry.Next;
        entry.Next = null;
        entry.Unlist();
        ring = entry.Ring;
        entry.HeadWhenTaken = ring.Head;
        if (!entry.IsTaken)
        {
            entry.IsTaken = true;
            _taken.Add(entry);
        }

        return true;
    }

    /// <summary>Gives a ring back that was not read until empty. The loop's thread only.</summary>
    /// <param name="ring">A ring that <see cref="TryTake"/> gave.</param>
    public void Return(StepRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        TryList(ring.Entry);
    }

    /// <summary>
    /// Says that the loop is about to wait. The loop's thread only; to be called before every wait, for it also finds
    /// what
    /// the charts' cheap look may have missed.
    /// </summary>
    /// <returns><see langword="false"/> when there is something to take after all: do not wait.</returns>
    public bool TrySleep()
    {
        Volatile.Write(ref _sleeping, 1);
        Interlocked.MemoryBarrierProcessWide();
        foreach (var entry in _taken)
        {
            // More steps than when it was taken: they may have been read since, but one more look is cheap.
            entry.IsTaken = false;
            if (entry.Ring.Head != entry.HeadWhenTaken)
            {
                TryList(entry);
            }
        }

        _taken.Clear();
        if (_batch is null && Volatile.Read(ref _listed) is null)
        {
            return true;
        }

        Awake();
        return false;
    }

    /// <summary>Says that the loop waits no more. The loop's thread only.</summary>
    public void Awake() => Volatile.Write(ref _sleeping, 0);

    /// <summary>Puts a ring on the list unless it is there, and wakes the loop if it sleeps. Any thread.</summary>
    internal void Announce(DoorbellEntry entry)
    {
        if (!entry.IsListed && TryList(entry) && Volatile.Read(ref _sleeping) != 0
            && Interlocked.Exchange(ref _sleeping, 0) != 0)
        {
            _wake();
        }
    }

    private static DoorbellEntry? Reverse(DoorbellEntry? entry)
    {
        DoorbellEntry? first = null;
        while (entry is not null)
        {
            var next = entry.Next;
            entry.Next = first;
            first = entry;
            entry = next;
        }

        return first;
    }

    // The list is a stack: many push, the loop alone takes all of it at once, so entries cannot come back meanwhile.
    private bool TryList(DoorbellEntry entry)
    {
        if (!entry.TryList())
        {
            return false;
        }

        DoorbellEntry? top;
        do
        {
            top = Volatile.Read(ref _listed);
            entry.Next = top;
        }
        while (Interlocked.CompareExchange(ref _listed, entry, top) != top);

        return true;
    }
}
