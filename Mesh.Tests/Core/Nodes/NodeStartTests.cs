using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Transport.Memory;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>What a start that fails leaves behind.</summary>
public sealed class NodeStartTests
{
    [Test]
    public void Open_DestroysEveryKey_WhenItFailsAfterTheLogWasMade()
    {
        using var folders = new TemporaryFolder();
        var host = new MemoryNetwork(new Random(1), MemoryNetworkMode.Threaded).AddHost("full");
        var primitives = new CountingPrimitives(PrimitivesProvider.Load());
        var platform = new MeshPlatform(TimeProvider.System)
        {
            MakePrimitives = () => primitives,
            MakeTransport = host.CreateTransport,
            Datagrams = new FullDatagramNetwork(host.Datagrams),
        };
        var options = new MeshOptions { StateFolder = folders["pi"], Name = "pi" };

        Assert.That(
            () => new NodeStart(options, platform, new MeshView()).Open(),
            Throws.InstanceOf<MeshException>().With.Property(nameof(MeshException.Failure))
                .EqualTo(MeshFailure.Address));
        Assert.That(primitives.Made, Is.AtLeast(2), "the keys of beacons and of the spy lane");
        Assert.That(primitives.Live, Is.Zero);
    }

    /// <summary>Counts the keys of ciphers that nobody has disposed.</summary>
    private sealed class CountingPrimitives(IPrimitives inner) : IPrimitives
    {
        public string Name => inner.Name;

        public int Made { get; private set; }

        public int Live { get; private set; }

        public AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret) => inner.CreateAgreementKey(secret);

        public SigningKey CreateSigningKey(ReadOnlySpan<byte> seed) => inner.CreateSigningKey(seed);

        public AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key)
        {
            Made++;
            Live++;
            return new CountedKey(inner.CreateAeadKey(algorithm, key), () => Live--);
        }

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
            inner.Verify(publicKey, message, signature);

        public void Fill(Span<byte> destination) => inner.Fill(destination);
    }

    private sealed class CountedKey(AeadKey inner, Action onDisposed) : AeadKey
    {
        private bool _isDisposed;

        public override int NonceBytes => inner.NonceBytes;

        public override void Dispose()
        {
            inner.Dispose();
            if (!_isDisposed)
            {
                _isDisposed = true;
                onDisposed();
            }
        }

        protected override void SealCore(
            ReadOnlySpan<byte> nonce,
            ReadOnlySpan<byte> associatedData,
            ReadOnlySpan<byte> plaintext,
            Span<byte> ciphertext) => inner.Seal(nonce, associatedData, plaintext, ciphertext);

        protected override bool OpenCore(
            ReadOnlySpan<byte> nonce,
            ReadOnlySpan<byte> associatedData,
            ReadOnlySpan<byte> ciphertext,
            Span<byte> plaintext) => inner.Open(nonce, associatedData, ciphertext, plaintext);
    }
}
