using Mesh.Core.Wire.MessagePack;

namespace Mesh.Tests.Core.Wire;

/// <summary>Takes encoded arrays apart, puts them together, and spoils them.</summary>
internal static class CodecBytes
{
    /// <summary>The elements of an array, each as its bytes.</summary>
    public static byte[][] Split(ReadOnlySpan<byte> array)
    {
        var reader = new MessageReader(array);
        if (!reader.TryReadArrayHeader(out var count))
        {
            throw new ArgumentException("The bytes are no array.", nameof(array));
        }

        var elements = new byte[count][];
        for (var index = 0; index < count; index++)
        {
            var start = reader.Position;
            if (!reader.TrySkip(1, 8))
            {
                throw new ArgumentException($"Element {index} is malformed.", nameof(array));
            }

            elements[index] = reader.ReadSince(start).ToArray();
        }

        return elements;
    }

    /// <summary>An array of elements that are encoded already, legal or not.</summary>
    public static byte[] Join(params byte[][] elements)
    {
        var writer = new MessageWriter(new byte[elements.Sum(element => element.Length) + 5]);
        writer.WriteArrayHeader(elements.Length);
        foreach (var element in elements)
        {
            writer.WriteRaw(element);
        }

        return writer.Written.ToArray();
    }

    /// <summary>Spoils bytes in one to four of the ways in which bytes get spoilt.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            var index = random.Next(mutated.Count + 1);
            var isAtEnd = index == mutated.Count;
            switch (random.Next(5))
            {
                case 0 when !isAtEnd:
                    mutated[index] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when !isAtEnd:
                    mutated[index] = (byte)random.Next(0x80, 0x100);
                    break;
                case 2 when !isAtEnd:
                    mutated.RemoveRange(index, random.Next(1, Math.Min(9, mutated.Count - index + 1)));
                    break;
                case 3:
                    mutated.InsertRange(index, mutated.Slice(0, random.Next(Math.Min(9, mutated.Count + 1))));
                    break;
                default:
                    mutated.Insert(index, (byte)random.Next(256));
                    break;
            }
        }

        return [.. mutated];
    }
}
