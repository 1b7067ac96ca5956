using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Mesh.Statecharts.Expressions;

/// <summary>Values to and from JSON and the objects of .NET.</summary>
public readonly partial struct DataValue
{
    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = DataLimits.MaxValueDepth };

    /// <summary>Reads JSON.</summary>
    /// <param name="json">Any text, untrusted.</param>
    /// <param name="value">The value, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the text is no JSON or passes a limit of
    /// <see cref="DataLimits"/>.</returns>
    public static bool TryParseJson(string json, out DataValue value)
    {
        value = default;
        try
        {
            using var document = JsonDocument.Parse(json, JsonOptions);
            value = Of(document.RootElement);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or DataException)
        {
            return false;
        }
    }

    /// <summary>The value of a JSON element.</summary>
    /// <param name="element">Any element.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataException">A limit of <see cref="DataLimits"/> is passed.</exception>
    public static DataValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => Of(element.ValueKind == JsonValueKind.True),
        JsonValueKind.Number => Of(element.TryGetDouble(out var number) ? number : double.NaN),
        JsonValueKind.String => OfText(element),
        JsonValueKind.Array => Of(element.EnumerateArray().Select(item => Of(item))),
        JsonValueKind.Object => Of(element.EnumerateObject().Select(
            member => KeyValuePair.Create(NameOf(member), Of(member.Value)))),
        _ => Null,
    };

    /// <summary>The value that stands for what an event carries.</summary>
    /// <param name="payload">A value, JSON, a number, a text, a boolean, an exception, or anything else, which becomes
    /// its own text; nothing becomes null.</param>
    /// <returns>The value.</returns>
    /// <exception cref="DataException">A limit of <see cref="DataLimits"/> is passed.</exception>
    public static DataValue OfPayload(object? payload) => payload switch
    {
        null => Null,
        DataValue value => value,
        JsonElement element => Of(element),
        bool flag => Of(flag),
        string text => Of(text),
        Exception fault => Of([KeyValuePair.Create("message", Of(fault.Message))]),
        double or float or decimal or int or uint or long or ulong or short or ushort or byte or sbyte =>
            Of(Convert.ToDouble(payload, CultureInfo.InvariantCulture)),
        _ => Of(payload.ToString() ?? ""),
    };

    /// <summary>The value as JSON.</summary>
    /// <param name="json">Where to; a value is written.</param>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (Kind)
        {
            case DataKind.Null:
                json.WriteNullValue();
                break;
            case DataKind.Boolean:
                json.WriteBooleanValue(_number != 0);
                break;
            case DataKind.Number:
                json.WriteRawValue(NumberText(_number));
                break;
            case DataKind.Text:
                json.WriteStringValue(Text);
                break;
            default:
                WriteListTo(json);
                break;
        }
    }

    // A lone surrogate can be escaped in JSON but is no text.
    private static DataValue OfText(JsonElement element)
    {
        try
        {
            return Of(element.GetString() ?? "");
        }
        catch (InvalidOperationException fault)
        {
            throw new DataException("a text is not Unicode", fault);
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException fault)
        {
            throw new DataException("a name is not Unicode", fault);
        }
    }

    private void WriteListTo(Utf8JsonWriter json)
    {
        var list = List!;
        if (list.Names is null)
        {
            json.WriteStartArray();
        }
        else
        {
            json.WriteStartObject();
        }

        for (var place = 0; place < list.Values.Length; place++)
        {
            if (list.Names is { } names)
            {
                json.WritePropertyName(names[place]);
            }

            list.Values[place].WriteTo(json);
        }

        if (list.Names is null)
        {
            json.WriteEndArray();
        }
        else
        {
            json.WriteEndObject();
        }
    }

    private void Write(StringBuilder text)
    {
        if (text.Length > DataLimits.MaxTextLength)
        {
            return;
        }

        switch (Kind)
        {
            case DataKind.Null:
                text.Append("null");
                break;
            case DataKind.Boolean:
                text.Append(_number != 0 ? "true" : "false");
                break;
            case DataKind.Number:
                text.Append(NumberText(_number));
                break;
            case DataKind.Text:
                WriteQuoted(text, Text);
                break;
            default:
                WriteList(text, List!);
                break;
        }
    }

    private static void WriteList(StringBuilder text, DataList list)
    {
        text.Append(list.Names is null ? '[' : '{');
        for (var place = 0; place < list.Values.Length; place++)
        {
            text.Append(place == 0 ? "" : ",");
            if (list.Names is { } names)
            {
                WriteQuoted(text, names[place]);
                text.Append(':');
            }

            list.Values[place].Write(text);
        }

        text.Append(list.Names is null ? ']' : '}');
    }

    private static void WriteQuoted(StringBuilder text, string content) =>
        text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(content)).Append('"');
}
