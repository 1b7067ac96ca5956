using System.Text.Json;
using Mesh.Core.Sealing;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sealing;

/// <summary>Whole handshakes and the messages after them, byte for byte.</summary>
public sealed class NoiseVectorTests
{
    private const string Suite = "_25519_ChaChaPoly_SHA256";

    private static IEnumerable<TestCaseData> Vectors =>
        from path in VectorFiles.Find("noise-*.json")
        from vector in VectorFiles.Read(path).GetProperty("vectors").EnumerateArray().Index()
        let name = vector.Item.Text("protocol_name")
        where name.EndsWith(Suite, StringComparison.Ordinal) && NoisePatterns.Find(PatternName(name)) is not null
        select new TestCaseData(vector.Item).SetArgDisplayNames(Path.GetFileName(path), $"{vector.Index}", name);

    [TestCaseSource(nameof(Vectors))]
    public void HandshakeAndSession_GiveThePublishedMessages(JsonElement vector)
    {
        using var initiator = Create(vector, isInitiator: true);
        using var responder = Create(vector, isInitiator: false);
        var messages = vector.GetProperty("messages").EnumerateArray().ToList();
        var count = NoisePatterns.Find(PatternName(vector.Text("protocol_name")))!.MessageCount;

        for (var index = 0; index < count; index++)
        {
            var isFirst = index % 2 == 0;
            Exchange(isFirst ? initiator : responder, isFirst ? responder : initiator, messages[index]);
        }

        Assert.That(initiator.HandshakeHash.ToArray(), Is.EqualTo(responder.HandshakeHash.ToArray()));
        if (vector.TryGetProperty("handshake_hash", out _))
        {
            Assert.That(initiator.HandshakeHash.ToArray(), Is.EqualTo(vector.Bytes("handshake_hash")));
        }

        AssertSession(initiator, responder, messages[count..], count);
    }

    [Test]
    public void XXpsk0_IsThePatternOfTheLiterature()
    {
        var expected = NoisePatterns.Find("XXpsk0")!;

        Assert.That(NoisePattern.XXpsk0.ProtocolName, Is.EqualTo("Noise_XXpsk0_25519_ChaChaPoly_SHA256"));
        Assert.That(NoisePattern.XXpsk0.MessageCount, Is.EqualTo(expected.MessageCount));
        for (var index = 0; index < expected.MessageCount; index++)
        {
            Assert.That(
                NoisePattern.XXpsk0.TokensOf(index).ToArray(),
                Is.EqualTo(expected.TokensOf(index).ToArray()),
                $"message {index + 1}");
        }
    }

    private static string PatternName(string protocolName) => protocolName["Noise_".Length..^Suite.Length];

    private static NoiseHandshake Create(JsonElement vector, bool isInitiator)
    {
        var role = isInitiator ? "init" : "resp";
        var library = PrimitivesProvider.Load();
        var primitives = new SeededPrimitives(library, 0);
        primitives.Enqueue(Optional(vector, $"{role}_ephemeral"));
        var staticKey = Optional(vector, $"{role}_static");
        var presharedKeys = vector.TryGetProperty($"{role}_psks", out var list)
            ? list.EnumerateArray().SelectMany(entry => Convert.FromHexString(entry.GetString()!)).ToArray()
            : [];

        return new NoiseHandshake(primitives, new NoiseParameters
        {
            IsInitiator = isInitiator,
            StaticKey = library.CreateAgreementKey(staticKey.Length == 0 ? new byte[32] : staticKey),
            PresharedKey = presharedKeys,
            Prologue = vector.Bytes($"{role}_prologue"),
            Pattern = NoisePatterns.Find(PatternName(vector.Text("protocol_name")))!,
        });
    }

    private static byte[] Optional(JsonElement vector, string name) =>
        vector.TryGetProperty(name, out _) ? vector.Bytes(name) : [];

    private static void Exchange(NoiseHandshake writer, NoiseHandshake reader, JsonElement message)
    {
        var payload = message.Bytes("payload");
        var buffer = new byte[payload.Length + NoiseHandshake.MaxOverheadBytes];
        var opened = new byte[buffer.Length];

        Assert.That(writer.WriteTokens(buffer, out var tokens), Is.EqualTo(NoiseResult.Done));
        var hash = writer.HandshakeHash.ToArray();
        var length = tokens + writer.WritePayload(payload, buffer.AsSpan(tokens));
        Assert.That(Convert.ToHexStringLower(buffer.AsSpan(0, length)), Is.EqualTo(message.Text("ciphertext")));

        Assert.That(reader.ReadTokens(buffer.AsSpan(0, length), out var read), Is.EqualTo(NoiseResult.Done));
        Assert.That(read, Is.EqualTo(tokens));
        Assert.That(reader.HandshakeHash.ToArray(), Is.EqualTo(hash));
        if (message.TryGetProperty("token_hash", out _))
        {
            Assert.That(hash, Is.EqualTo(message.Bytes("token_hash")));
        }

        Assert.That(
            reader.ReadPayload(buffer.AsSpan(read, length - read), opened, out var count),
            Is.EqualTo(NoiseResult.Done));
        Assert.That(opened[..count], Is.EqualTo(payload));
    }

    private static void AssertSession(
        NoiseHandshake initiator,
        NoiseHandshake responder,
        List<JsonElement> messages,
        int firstIndex)
    {
        initiator.Split(out var fromInitiator, out var toInitiator);
        responder.Split(out var fromResponder, out var toResponder);

        for (var index = 0; index < messages.Count; index++)
        {
            var isFirst = (firstIndex + index) % 2 == 0;
            var payload = messages[index].Bytes("payload");
            var message = new byte[payload.Length + SessionCipher.OverheadBytes];
            var opened = new byte[payload.Length];

            (isFirst ? fromInitiator : fromResponder).Seal(payload, message);
            var isOpened = (isFirst ? toResponder : toInitiator).TryOpen(message, opened);

            Assert.That(Convert.ToHexStringLower(message), Is.EqualTo(messages[index].Text("ciphertext")));
            Assert.That(isOpened, Is.True);
            Assert.That(opened, Is.EqualTo(payload));
        }

        Array.ForEach([fromInitiator, toInitiator, fromResponder, toResponder], cipher => cipher.Dispose());
    }
}
