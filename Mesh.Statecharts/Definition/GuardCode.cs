using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Definition;

/// <summary>A guard in the form its author wrote it, so that the common form costs one delegate call.</summary>
internal readonly struct GuardCode<TContext>
{
    private readonly Func<TContext, bool>? _simple;
    private readonly Guard<TContext>? _full;

    public GuardCode(Func<TContext, bool> simple)
    {
        ArgumentNullException.ThrowIfNull(simple);
        _simple = simple;
    }

    public GuardCode(Guard<TContext> full) => _full = full;

    /// <summary>Whether there is no guard, which lets everything through.</summary>
    public bool IsEmpty => _simple is null && _full is null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Allows(TContext context, IChart chart, object? payload)
    {
        return _simple is not null ? _simple(context) : _full is null || _full(context, chart, payload);
    }
}
