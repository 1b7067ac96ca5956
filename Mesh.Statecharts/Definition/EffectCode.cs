namespace Mesh.Statecharts.Definition;

/// <summary>Code of a handler in the form its author wrote it, so that the common form costs one delegate
/// call.</summary>
internal readonly struct EffectCode<TContext>
{
    public EffectCode(Action<TContext> simple)
    {
        ArgumentNullException.ThrowIfNull(simple);
        Simple = simple;
    }

    public EffectCode(Effect<TContext> full) => Full = full;

    /// <summary>The common form, or nothing.</summary>
    public Action<TContext>? Simple { get; }

    /// <summary>The general form, or nothing.</summary>
    public Effect<TContext>? Full { get; }

    /// <summary>Runs the code, if there is any.</summary>
    public void Run(TContext context, IChart chart, object? payload)
    {
        Simple?.Invoke(context);
        Full?.Invoke(context, chart, payload);
    }

    /// <summary>Whether there is no code.</summary>
    public bool IsEmpty => Simple is null && Full is null;
}
