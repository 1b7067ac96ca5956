using Mesh.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Secrets are copied in, zeroed out, and never printed.</summary>
public sealed class SecretBufferTests
{
    [Test]
    public void Dispose_ZeroesTheBytes()
    {
        var buffer = new SecretBuffer([1, 2, 3]);
        var view = buffer.Span;

        buffer.Dispose();

        Assert.That(view.ToArray(), Is.All.Zero);
    }

    [Test]
    public void Span_Throws_WhenDisposed()
    {
        var buffer = new SecretBuffer([1, 2, 3]);
        buffer.Dispose();

        Assert.That(() => buffer.Span.Length, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Span_IsACopy_OfTheContent()
    {
        byte[] content = [1, 2, 3];
        using var buffer = new SecretBuffer(content);

        content[0] = 9;

        Assert.That(buffer.Span.ToArray(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void ToString_SaysTheSizeAlone()
    {
        using var buffer = new SecretBuffer([0xaa, 0xbb]);

        Assert.That(buffer.ToString(), Is.EqualTo("2 secret bytes"));
    }
}
