namespace Mesh.Statecharts.Instrumentation;

/// <summary>What a doorbell knows of one ring.</summary>
internal sealed class DoorbellEntry(StepRing ring)
{
    private int _isListed;

    /// <summary>The ring.</summary>
    public StepRing Ring => ring;

    /// <summary>Whether the ring is on the list, as far as this thread knows.</summary>
    public bool IsListed => Volatile.Read(ref _isListed) != 0;

    /// <summary>The next on the list; belongs to whoever put this entry there, then to the loop.</summary>
    public DoorbellEntry? Next { get; set; }

    /// <summary>Whether the loop took the ring since its last barrier. The loop's alone.</summary>
    public bool IsTaken { get; set; }

    /// <summary>How many steps the ring had when the loop took it last. The loop's alone.</summary>
    public ulong HeadWhenTaken { get; set; }

    /// <summary>Claims the entry for the list; one of many wins.</summary>
    public bool TryList() => Interlocked.Exchange(ref _isListed, 1) == 0;

    /// <summary>Lets the entry be listed again; fences.</summary>
    public void Unlist() => Interlocked.Exchange(ref _isListed, 0);
}
