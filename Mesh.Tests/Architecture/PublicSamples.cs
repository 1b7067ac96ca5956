using System.Diagnostics.CodeAnalysis;

namespace Mesh.Tests.Architecture;

/// <summary>One member of each kind, for the test of the text of public types.</summary>
public abstract class PublicSamples : ICloneable
{
    public const int Limit = 5;

    private readonly string _name;

    protected internal PublicSamples(string name, int count = 3)
    {
        _name = name + count;
    }

    public event EventHandler? Changed;

    public required string? Text { get; init; }

    public int this[string key] => key.Length + _name.Length;

    public static bool TryFind(string[]? names, [NotNullWhen(true)] out string? found)
    {
        found = names is [var first, ..] ? first : null;
        return found is not null;
    }

    public object Clone() => MemberwiseClone();

    public virtual Task<List<string?>?> LoadAsync<TKey, T>(TKey? key, T item)
        where TKey : struct
        where T : class, IDisposable
    {
        Changed?.Invoke(this, EventArgs.Empty);
        return Task.FromResult<List<string?>?>(null);
    }

    protected abstract void Run(ReadOnlySpan<byte> bytes, CancellationToken token = default);

    internal string Hidden() => _name;
}
