using System.Text;
using System.Text.Json;
using Mesh.Statecharts.Expressions;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Expressions;

public sealed class DataValueTests
{
    [TestCase("{\"a\":[1,2.5,-3e-7,\"x\\u00e9\\n\",true,false,null,{}],\"b\":\"\"}")]
    [TestCase("[]")]
    [TestCase("12")]
    public void Json_ComesBack(string json)
    {
        Assert.That(DataValue.TryParseJson(json, out var value), Is.True);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            value.WriteTo(writer);
        }

        Assert.That(DataValue.TryParseJson(Encoding.UTF8.GetString(stream.ToArray()), out var again), Is.True);
        Assert.That(again, Is.EqualTo(value));
        Assert.That(DataValue.TryParseJson(value.ToString(), out var shown), Is.True);
        Assert.That(shown, Is.EqualTo(value));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("1e999")]
    [TestCase("\"\\ud800\"")]
    [TestCase("nope")]
    public void TryParseJson_Refuses(string json) =>
        Assert.That(DataValue.TryParseJson(json, out _), Is.False);

    [Test]
    public void TryParseJson_RefusesWhatIsTooDeepOrTooMuch()
    {
        var deep = new string('[', 100) + new string(']', 100);
        var many = "[" + string.Join(',', Enumerable.Repeat("1", DataLimits.MaxValueCount + 1)) + "]";
        var text = "\"" + new string('x', DataLimits.MaxTextLength + 1) + "\"";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(DataValue.TryParseJson(deep, out _), Is.False);
            Assert.That(DataValue.TryParseJson(many, out _), Is.False);
            Assert.That(DataValue.TryParseJson(text, out _), Is.False);
        }
    }

    [Test]
    public void OfPayload_TakesWhatEventsCarry()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DataValue.OfPayload(null), Is.EqualTo(DataValue.Null));
            Assert.That(DataValue.OfPayload(3), Is.EqualTo(DataValue.Of(3)));
            Assert.That(DataValue.OfPayload("x"), Is.EqualTo(DataValue.Of("x")));
            Assert.That(DataValue.OfPayload(true), Is.EqualTo(DataValue.Of(true)));
            Assert.That(DataValue.OfPayload(DataValue.Of(1)), Is.EqualTo(DataValue.Of(1)));
            Assert.That(DataValue.OfPayload(new FormatException("m")).ToString(), Is.EqualTo("{\"message\":\"m\"}"));
            Assert.That(DataValue.OfPayload(TimeSpan.Zero), Is.EqualTo(DataValue.Of("00:00:00")));
        }
    }

    [Test]
    public void Equals_TellsValuesApart()
    {
        DataValue[] values =
        [
            DataValue.Null, DataValue.Of(false), DataValue.Of(0), DataValue.Of(""), DataValue.Of([DataValue.Null]),
            DataValue.Of(Array.Empty<DataValue>()), DataValue.Of(Array.Empty<KeyValuePair<string, DataValue>>()),
        ];

        for (var left = 0; left < values.Length; left++)
        {
            for (var right = 0; right < values.Length; right++)
            {
                Assert.That(values[left] == values[right], Is.EqualTo(left == right), $"{left} and {right}");
            }
        }
    }
}
