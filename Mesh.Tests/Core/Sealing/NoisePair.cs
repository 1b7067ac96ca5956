using Mesh.Core.Sealing;
using Mesh.Tests.Support;

namespace Mesh.Tests.Core.Sealing;

/// <summary>The two sides of one handshake of MESH/1, with randomness that repeats.</summary>
internal sealed class NoisePair : IDisposable
{
    /// <summary>The pre-shared key of both sides, unless a test says otherwise.</summary>
    public static readonly byte[] PresharedKey = [.. Enumerable.Repeat((byte)0x55, 32)];

    private readonly AgreementKey _initiatorKey;
    private readonly AgreementKey _responderKey;

    /// <summary>Makes a pair; equal arguments give equal messages.</summary>
    /// <param name="responderPresharedKey">What the responder has instead of <see cref="PresharedKey"/>.</param>
    /// <param name="responderPrologue">What the responder saw instead of nothing.</param>
    public NoisePair(byte[]? responderPresharedKey = null, byte[]? responderPrologue = null)
    {
        var library = PrimitivesProvider.Load();
        _initiatorKey = library.CreateAgreementKey([.. Enumerable.Repeat((byte)1, 32)]);
        _responderKey = library.CreateAgreementKey([.. Enumerable.Repeat((byte)2, 32)]);
        Initiator = new NoiseHandshake(new SeededPrimitives(library, 1), new NoiseParameters
        {
            IsInitiator = true,
            StaticKey = _initiatorKey,
            PresharedKey = PresharedKey,
        });
        Responder = new NoiseHandshake(new SeededPrimitives(library, 2), new NoiseParameters
        {
            IsInitiator = false,
            StaticKey = _responderKey,
            PresharedKey = responderPresharedKey ?? PresharedKey,
            Prologue = responderPrologue ?? [],
        });
    }

    /// <summary>The side that sends first.</summary>
    public NoiseHandshake Initiator { get; }

    /// <summary>The other side.</summary>
    public NoiseHandshake Responder { get; }

    /// <summary>The initiator's static public key.</summary>
    public byte[] InitiatorKey => _initiatorKey.PublicKey.ToArray();

    /// <summary>The responder's static public key.</summary>
    public byte[] ResponderKey => _responderKey.PublicKey.ToArray();

    /// <summary>Writes the next message of a side, with a payload of the side's own.</summary>
    /// <param name="index">The message, from 0.</param>
    /// <returns>The message.</returns>
    public byte[] Write(int index)
    {
        var buffer = new byte[NoiseHandshake.MaxOverheadBytes + 64];
        WriterOf(index).WriteMessage([.. Enumerable.Repeat((byte)index, index * 10)], buffer, out var written);
        return buffer[..written];
    }

    /// <summary>Reads a message at the other side.</summary>
    /// <param name="index">The message, from 0.</param>
    /// <param name="message">Its bytes.</param>
    /// <returns>How it ended.</returns>
    public NoiseResult Read(int index, ReadOnlySpan<byte> message) =>
        ReaderOf(index).ReadMessage(message, new byte[message.Length], out _);

    /// <summary>Runs the first messages.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The same pair.</returns>
    public NoisePair Run(int count)
    {
        for (var index = 0; index < count; index++)
        {
            if (Read(index, Write(index)) != NoiseResult.Done)
            {
                throw new InvalidOperationException($"message {index + 1} was refused");
            }
        }

        return this;
    }

    /// <summary>Which side writes a message.</summary>
    /// <param name="index">The message, from 0.</param>
    /// <returns>The side.</returns>
    public NoiseHandshake WriterOf(int index) => index % 2 == 0 ? Initiator : Responder;

    /// <summary>Which side reads a message.</summary>
    /// <param name="index">The message, from 0.</param>
    /// <returns>The side.</returns>
    public NoiseHandshake ReaderOf(int index) => index % 2 == 0 ? Responder : Initiator;

    /// <summary>Ends both sides.</summary>
    public void Dispose()
    {
        Initiator.Dispose();
        Responder.Dispose();
        _initiatorKey.Dispose();
        _responderKey.Dispose();
    }
}
