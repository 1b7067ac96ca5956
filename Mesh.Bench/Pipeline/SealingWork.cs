using Mesh.Core.Sealing;
using Mesh.Core.Wire;

namespace Mesh.Bench.Pipeline;

/// <summary>The pieces of work that sealing and opening one frame is made of.</summary>
internal sealed class SealingWork : IDisposable
{
    private const int NonceBytes = 24;

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly SigningKey _signing;
    private readonly EpochKey _epoch;
    private readonly AeadKey _cipher;
    private readonly FrameSealer _sealer;
    private readonly FrameOpener _opener;
    private readonly byte[] _plaintext;
    private readonly byte[] _opened;
    private readonly byte[] _ciphertext;
    private readonly byte[] _frame;
    private readonly byte[] _signature = new byte[SigningKey.SignatureBytes];
    private readonly byte[] _digest = new byte[32];
    private readonly byte[] _nonce = new byte[NonceBytes];
    private readonly FrameHeader _header = new()
    {
        Lane = 1,
        Incarnation = 1,
        Epoch = 1,
        FrameNumber = 1,
        FirstRecord = 1,
        RecordCount = 1,
    };

    /// <summary>Makes a frame to work on.</summary>
    /// <param name="bytes">Size of its plaintext.</param>
    public SealingWork(int bytes)
    {
        Span<byte> seed = stackalloc byte[SigningKey.SeedBytes];
        _primitives.Fill(seed);
        _signing = _primitives.CreateSigningKey(seed);
        _cipher = _primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, seed);
        _epoch = EpochKey.Create(_primitives);
        var node = new byte[WireSizes.NodeIdBytes];
        _sealer = new FrameSealer(_primitives, _signing, node);
        _opener = new FrameOpener(_primitives, _signing.PublicKey, node);
        _plaintext = new byte[bytes];
        _opened = new byte[bytes];
        _ciphertext = new byte[bytes + AeadKey.TagBytes];
        _frame = new byte[SealedFrame.SizeOf(bytes)];
        SealFrame();
        Sign();
    }

    /// <summary>All that a publisher does.</summary>
    public void SealFrame() => _sealer.Seal(_epoch, _header, _plaintext, _frame);

    /// <summary>All that a reader does.</summary>
    public void OpenFrame()
    {
        if (_opener.Open(_frame, _epoch, _opened, out _) != OpenResult.Opened)
        {
            throw new InvalidOperationException("the frame does not open");
        }
    }

    /// <summary>The cipher.</summary>
    public void Encrypt() => _cipher.Seal(_nonce, [], _plaintext, _ciphertext);

    /// <summary>The hash that is signed.</summary>
    public void Hash() => _primitives.Hash(_ciphertext, _digest);

    /// <summary>The signature.</summary>
    public void Sign() => _signing.Sign(_digest, _signature);

    /// <summary>The check of the signature.</summary>
    public void Verify() => _primitives.Verify(_signing.PublicKey, _digest, _signature);

    /// <summary>What a frame costs without all that.</summary>
    public void Copy() => _plaintext.CopyTo(_opened, 0);

    public void Dispose()
    {
        _cipher.Dispose();
        _epoch.Dispose();
        _signing.Dispose();
    }
}
