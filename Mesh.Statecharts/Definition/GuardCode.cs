namespace Mesh.Statecharts.Definition;

/// <summary>A guard in the form its author wrote it, so that the common form costs one delegate call.</summary>
internal readonly struct GuardCode<TContext>
{
    public GuardCode(Func<TContext, bool> simple)
    {
        ArgumentNullException.ThrowIfNull(simple);
        Simple = simple;
    }

    public GuardCode(Guard<TContext> full) => Full = full;

    /// <summary>The common form, or nothing.</summary>
    public Func<TContext, bool>? Simple { get; }

    /// <summary>The general form, or nothing.</summary>
    public Guard<TContext>? Full { get; }

    /// <summary>Whether there is no guard, which lets everything through.</summary>
    public bool IsEmpty => Simple is null && Full is null;
}
