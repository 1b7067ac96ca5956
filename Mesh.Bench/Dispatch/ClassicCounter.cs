namespace Mesh.Bench.Dispatch;

/// <summary>What the handlers of the classic chart work on: the flag that its guards ask, and a count that proves the
/// work.</summary>
internal sealed class ClassicCounter
{
    /// <summary>The flag of the classic chart.</summary>
    public bool Foo;

    /// <summary>Every handler adds its own number, so runs that did the same work end with the same sum.</summary>
    public long Sum;
}
