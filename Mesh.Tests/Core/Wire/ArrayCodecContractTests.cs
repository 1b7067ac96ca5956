using NUnit.Framework;

namespace Mesh.Tests.Core.Wire;

/// <summary>What every codec of an array owes: legal forms only, and room to grow (docs/wire-format.md §1).</summary>
[TestFixtureSource(typeof(CodecCases), nameof(CodecCases.ArrayNames))]
public sealed class ArrayCodecContractTests(string codec)
{
    private const int Seed = 20_260;

    private static readonly byte[][] NeverLegal =
    [
        [0x80], // an empty map
        [0xC1], // reserved
        [0xC7, 0x00, 0x01], // an empty ext
        [0xD4, 0x01, 0x00], // a fixext
        [0xCA, 0x3F, 0x80, 0x00, 0x00], // a float32
        [0xCC, 0x05], // 5 in two bytes
        [0xCD, 0x00, 0x05], // 5 in three bytes
        [0xCE, 0x00, 0x00, 0x00, 0x05], // 5 in five bytes
        [0xCF, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x05], // 5 in nine bytes
        [0xD0, 0x05], // 5 in a signed form
        [0xD9, 0x01, 0x61], // "a" in three bytes
        [0xC5, 0x00, 0x01, 0x61], // one byte of bin in four
        [0xA1, 0xFF], // a str that is no UTF-8
        [0xDC, 0x00, 0x00], // an empty array in three bytes
        [0xDD, 0xFF, 0xFF, 0xFF, 0xFF], // an array of 2^32 - 1 elements
        [0xC6, 0xFF, 0xFF, 0xFF, 0xFF], // a bin of 4 GiB
        [0xDB, 0xFF, 0xFF, 0xFF, 0xFF], // a str of 4 GiB
    ];

    // Legal forms; whether a field takes one of them is up to the field.
    private static readonly byte[][] SometimesLegal =
    [
        [0x00],
        [0x7F],
        [0xCC, 0xFF],
        [0xCD, 0xFF, 0xFF],
        [0xCE, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xCF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xFF], // -1
        [0xD3, 0x80, 0, 0, 0, 0, 0, 0, 0], // -2^63
        [0xC0],
        [0xC3],
        [0xCB, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0], // 1.0
        [0xC4, 0x00],
        [0xC4, 0x01, 0x00],
        [0xA0],
        [0xA1, 0x61],
        [0xD9, 0xFF, .. Enumerable.Repeat((byte)'a', 255)],
        [0xDA, 0x01, 0x01, .. Enumerable.Repeat((byte)'a', 257)],
        [0x90],
        [0x91, 0x91, 0x91, 0x91, 0x91, 0x91, 0x91, 0x91, 0x91, 0x91, 0x90],
    ];

    private readonly CodecCase _codec = CodecCases.Named(codec);

    [Test]
    public void Read_SkipsWhatItDoesNotKnow_WhenTheArrayGrewAtItsEnd()
    {
        var random = new Random(Seed);
        byte[][] growth = [[0x07], [0xC0], [0xA2, 0x68, 0x69], [0x92, 0x01, 0x91, 0xC4, 0x01, 0xFF]];

        for (var round = 0; round < 50; round++)
        {
            var written = _codec.Make(random);
            var grown = CodecBytes.Join([.. CodecBytes.Split(written), .. growth[..random.Next(1, growth.Length + 1)]]);
            Assert.That(_codec.Rewrite(grown), Is.EqualTo(written), () => Convert.ToHexString(grown));
        }
    }

    [Test]
    public void Read_Refuses_WhenTheGrowthIsIllegalOrTooDeep()
    {
        var written = _codec.Make(new Random(Seed));
        byte[] tooDeep = [.. Enumerable.Repeat((byte)0x91, 7), 0x90];

        foreach (var growth in NeverLegal.Append(tooDeep))
        {
            var grown = CodecBytes.Join([.. CodecBytes.Split(written), growth]);
            Assert.That(_codec.Rewrite(grown), Is.Null, () => Convert.ToHexString(growth));
        }
    }

    [Test]
    public void Read_Refuses_WhenTheLastElementIsMissing()
    {
        var random = new Random(Seed);

        for (var round = 0; round < 50; round++)
        {
            var elements = CodecBytes.Split(_codec.Make(random));
            Assert.That(_codec.Rewrite(CodecBytes.Join(elements[..^1])), Is.Null);
        }
    }

    [Test]
    public void Read_RefusesIllegalForms_InEveryField()
    {
        var random = new Random(Seed);

        for (var round = 0; round < 8; round++)
        {
            var elements = CodecBytes.Split(_codec.Make(random));
            for (var field = 0; field < elements.Length; field++)
            {
                foreach (var illegal in NeverLegal)
                {
                    byte[][] corrupted = [.. elements[..field], illegal, .. elements[(field + 1)..]];
                    var rewritten = _codec.Rewrite(CodecBytes.Join(corrupted));
                    Assert.That(rewritten, Is.Null, () => $"field {field} as {Convert.ToHexString(illegal)}");
                }
            }
        }
    }

    [Test]
    public void Read_TakesNothingThatItWouldNotWrite_WhenOneFieldIsCorrupted()
    {
        var random = new Random(Seed);

        for (var round = 0; round < 8; round++)
        {
            var elements = CodecBytes.Split(_codec.Make(random));
            for (var field = 0; field < elements.Length; field++)
            {
                foreach (var other in SometimesLegal)
                {
                    var corrupted = CodecBytes.Join([.. elements[..field], other, .. elements[(field + 1)..]]);
                    Assert.That(
                        _codec.Rewrite(corrupted),
                        Is.Null.Or.EqualTo(corrupted),
                        () => $"field {field} as {Convert.ToHexString(other)}");
                }
            }
        }
    }
}
