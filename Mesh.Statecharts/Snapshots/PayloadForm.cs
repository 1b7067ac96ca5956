using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Snapshots;

/// <summary>Payloads of common types: a byte that tells the type, then the value.</summary>
/// <remarks>
/// <code>
/// 0 boolean   1 32 bits   2 64 bits   3 double         numbers with the lowest byte first
/// 4 decimal   5 text      6 bytes     7 date and time  the decimal and the date as invariant text (G, O)
/// 8 duration  9 GUID      10 exception: type name, 0, message     11 value of a data model, as JSON
/// </code>
/// </remarks>
internal static class PayloadForm
{
    private enum Kind : byte
    {
        Boolean,
        Int32,
        Int64,
        Double,
        Decimal,
        Text,
        Bytes,
        DateTime,
        Duration,
        Guid,
        Exception,
        Value,
    }

    public static bool TryWrite(object payload, IBufferWriter<byte> output)
    {
        var writer = new SnapshotWriter(output);
        switch (payload)
        {
            case bool flag:
                return Write(writer, Kind.Boolean, [flag ? (byte)1 : (byte)0]);
            case int number:
                return Write(writer, Kind.Int32, BitConverter.GetBytes(number));
            case long number:
                return Write(writer, Kind.Int64, BitConverter.GetBytes(number));
            case double number:
                return Write(writer, Kind.Double, BitConverter.GetBytes(number));
            case decimal number:
                return WriteText(writer, Kind.Decimal, number.ToString(CultureInfo.InvariantCulture));
            case string text:
                return WriteText(writer, Kind.Text, text);
            case byte[] bytes:
                return Write(writer, Kind.Bytes, bytes);
            case DateTimeOffset time:
                return WriteText(writer, Kind.DateTime, time.ToString("O", CultureInfo.InvariantCulture));
            case TimeSpan duration:
                return Write(writer, Kind.Duration, BitConverter.GetBytes(duration.Ticks));
            case Guid id:
                return Write(writer, Kind.Guid, id.ToByteArray());
            case RestoredException restored:
                return WriteText(writer, Kind.Exception, $"{restored.OriginalType}\0{restored.Message}");
            case Exception exception:
                return WriteText(writer, Kind.Exception, $"{exception.GetType().Name}\0{exception.Message}");
            case DataValue or JsonElement:
                return WriteText(writer, Kind.Value, JsonOf(DataValue.OfPayload(payload)));
            default:
                return false;
        }
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out object? payload)
    {
        payload = null;
        if (bytes.IsEmpty)
        {
            return false;
        }

        var body = bytes[1..];
        payload = (Kind)bytes[0] switch
        {
            Kind.Boolean when body.Length == 1 && body[0] <= 1 => body[0] == 1,
            Kind.Int32 when body.Length == sizeof(int) => BitConverter.ToInt32(body),
            Kind.Int64 when body.Length == sizeof(long) => BitConverter.ToInt64(body),
            Kind.Double when body.Length == sizeof(double) => BitConverter.ToDouble(body),
            Kind.Duration when body.Length == sizeof(long) => new TimeSpan(BitConverter.ToInt64(body)),
            Kind.Guid when body.Length == 16 => new Guid(body),
            Kind.Bytes => body.ToArray(),
            _ => SnapshotReader.TryDecode(body, out var text) ? OfText((Kind)bytes[0], text) : null,
        };
        return payload is not null;
    }

    private static object? OfText(Kind kind, string text)
    {
        switch (kind)
        {
            case Kind.Text:
                return text;
            case Kind.Decimal:
                return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                    ? number : null;
            case Kind.DateTime:
                return DateTimeOffset.TryParseExact(
                    text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
            case Kind.Exception:
                var end = text.IndexOf('\0', StringComparison.Ordinal);
                return end < 0 ? null : new RestoredException(text[..end], text[(end + 1)..]);
            case Kind.Value:
                return DataValue.TryParseJson(text, out var value) ? value : null;
            default:
                return null;
        }
    }

    /// <summary>A value as JSON, however long.</summary>
    internal static string JsonOf(DataValue value)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static bool WriteText(SnapshotWriter writer, Kind kind, string text) =>
        Write(writer, kind, Encoding.UTF8.GetBytes(text));

    private static bool Write(SnapshotWriter writer, Kind kind, ReadOnlySpan<byte> bytes)
    {
        writer.Raw([(byte)kind]);
        writer.Raw(bytes);
        return true;
    }
}
