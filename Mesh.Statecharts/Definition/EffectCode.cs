using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Definition;

/// <summary>Code of a handler in the form its author wrote it, so that the common form costs one delegate
/// call.</summary>
internal readonly struct EffectCode<TContext>
{
    private readonly Action<TContext>? _simple;
    private readonly Effect<TContext>? _full;

    public EffectCode(Action<TContext> simple)
    {
        ArgumentNullException.ThrowIfNull(simple);
        _simple = simple;
    }

    public EffectCode(Effect<TContext> full) => _full = full;

    /// <summary>Whether there is no code.</summary>
    public bool IsEmpty => _simple is null && _full is null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run(TContext context, IChart chart, object? payload)
    {
        if (_simple is not null)
        {
            _simple(context);
        }
        else
        {
            _full?.Invoke(context, chart, payload);
        }
    }
}
