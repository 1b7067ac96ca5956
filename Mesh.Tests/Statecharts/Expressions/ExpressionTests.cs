using Mesh.Statecharts.Expressions;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Expressions;

public sealed class ExpressionTests
{
    [TestCase("1 + 2 * 3", "7")]
    [TestCase("(1 + 2) * 3", "9")]
    [TestCase("7 % 4 - 10 / 4", "0.5")]
    [TestCase("-2 - -3", "1")]
    [TestCase("+.5e1", "5")]
    [TestCase("1e21", "1e+21")]
    [TestCase("9007199254740991", "9007199254740991")]
    [TestCase("0.1 + 0.2", "0.30000000000000004")]
    [TestCase("-0", "0")]
    [TestCase("'a' + 1 + true + null + [1, {b: 'c'}]", "a1truenull[1,{\"b\":\"c\"}]")]
    [TestCase("\"it's\" + '\\u0041\\n'", "it'sA\n")]
    [TestCase("1 < 2 && 2 <= 2 && 'a' < 'b'", "true")]
    [TestCase("1 > 2 || 3 >= 4", "false")]
    [TestCase("not true or 1 == 1 and 2 != 2", "false")]
    [TestCase("!0", "true")]
    [TestCase("1 === 1.0", "true")]
    [TestCase("1 == '1'", "false")]
    [TestCase("null == false", "false")]
    [TestCase("[1, [2]] == [1, [2]]", "true")]
    [TestCase("{a: 1, b: 2} == {b: 2, a: 1}", "true")]
    [TestCase("{a: 1} !== {a: 2}", "true")]
    [TestCase("null || 'default'", "default")]
    [TestCase("0 && nobody", "0")]
    [TestCase("1 < 2 ? 'yes' : nobody", "yes")]
    [TestCase("0 ? 1 : 0 ? 2 : 3", "3")]
    [TestCase("[10, 20, 30][1]", "20")]
    [TestCase("[10, 20][7]", "null")]
    [TestCase("{a: {'b c': [5]}}.a['b c'][0]", "5")]
    [TestCase("{a: 1}.b", "null")]
    [TestCase("'text'.length + [1, 2].length", "6")]
    [TestCase("'text'[1]", "e")]
    [TestCase("In('here')", "true")]
    [TestCase("In('th' + 'ere')", "false")]
    [TestCase("x * 2 + o.n", "14")]
    [TestCase("[]", "[]")]
    [TestCase("{}", "{}")]
    [TestCase("{a: 1, a: 2}", "{\"a\":2}")]
    public void Evaluate_GivesTheValue(string text, string expected)
    {
        var scope = new TestScope("here") { Values = { ["x"] = DataValue.Of(5), ["o"] = Json("{\"n\":4}") } };

        var value = ExpressionParser.Parse(text).Evaluate(scope);

        Assert.That(value.ToString(), Is.EqualTo(expected));
    }

    [TestCase("nobody", "there is no variable 'nobody'")]
    [TestCase("1 / 0", "division by zero")]
    [TestCase("1 % 0", "division by zero")]
    [TestCase("'a' - 1", "'-' takes two numbers, not 'a' and 1")]
    [TestCase("'a' < 1", "takes two numbers or two texts")]
    [TestCase("-'a'", "'-' takes a number")]
    [TestCase("null.a", "null has no member 'a'")]
    [TestCase("[1].b", "has no member 'b'")]
    [TestCase("In(1)", "takes the name of a state")]
    [TestCase("1e300 * 1e300", "no finite number")]
    public void Evaluate_FailsByName(string text, string message)
    {
        var expression = ExpressionParser.Parse(text);

        Assert.That(
            () => expression.Evaluate(new TestScope()),
            Throws.TypeOf<DataException>().With.Message.Contains(message));
    }

    [TestCase("", 0, "the expression ends where a value is expected")]
    [TestCase("1 +", 3, "the expression ends")]
    [TestCase("1 2", 2, "a number stands where an operator or the end is expected")]
    [TestCase("a = 1", 2, "'=' has no meaning here")]
    [TestCase("a & b", 2, "'&' has no meaning here")]
    [TestCase("x++", 3, "the expression ends")]
    [TestCase("f(1)", 1, "nothing but In('state') can be called")]
    [TestCase("a.b(1)", 3, "nothing but In('state') can be called")]
    [TestCase("typeof a", 0, "'typeof' is no word of this expression language")]
    [TestCase("1 + undefined", 4, "'undefined' is no word")]
    [TestCase("'abc", 0, "has no end")]
    [TestCase("'a\\x'", 2, "unknown escape")]
    [TestCase("'\\u12'", 1, "four hexadecimal digits")]
    [TestCase("0x10", 0, "no decimal number")]
    [TestCase("007", 0, "no decimal number")]
    [TestCase("1e999", 0, "no decimal number")]
    [TestCase("[1, 2", 5, "the expression ends where ']' is expected")]
    [TestCase("{1: 2}", 1, "a number stands where a name is expected")]
    [TestCase("In 'a'", 3, "a text stands where '(' is expected")]
    [TestCase("and", 0, "'and' stands where a value is expected")]
    [TestCase("a ? b", 5, "the expression ends where ':' is expected")]
    [TestCase("a;", 1, "';' has no meaning here")]
    public void Parse_RefusesWhatIsNoExpression(string text, int offset, string message)
    {
        Assert.That(
            () => ExpressionParser.Parse(text),
            Throws.TypeOf<ExpressionException>().With.Message.Contains(message)
                .And.Property(nameof(ExpressionException.Offset)).EqualTo(offset));
    }

    [TestCase("(", ")")]
    [TestCase("[", "]")]
    [TestCase("!", "")]
    [TestCase("-", "")]
    [TestCase("a?b:", "")]
    [TestCase("1+", "")]
    [TestCase("1||", "")]
    public void Parse_RefusesWhatIsTooDeep(string before, string after)
    {
        var text = string.Concat(Enumerable.Repeat(before, 1_000)) + "1"
            + string.Concat(Enumerable.Repeat(after, 1_000));

        Assert.That(
            () => ExpressionParser.Parse(text), Throws.TypeOf<ExpressionException>().With.Message.Contains("deeper"));
    }

    [Test]
    public void Parse_RefusesWhatIsTooLong()
    {
        var text = new string(' ', DataLimits.MaxExpressionLength) + "1";

        Assert.That(
            () => ExpressionParser.Parse(text),
            Throws.TypeOf<ExpressionException>().With.Message.Contains("more than"));
    }

    [Test]
    public void Evaluate_FailsBeforeValuesExplode()
    {
        var scope = new TestScope { Values = { ["x"] = DataValue.Of("x") } };
        var doubled = ExpressionParser.Parse("[x, x]");
        var joined = ExpressionParser.Parse("x + x");

        Assert.That(() => Repeat(scope, doubled), Throws.TypeOf<DataException>());
        scope.Values["x"] = DataValue.Of("x");
        Assert.That(() => Repeat(scope, joined), Throws.TypeOf<DataException>());
    }

    [TestCase("x", "3", "{\"x\":3,\"o\":{\"a\":[1,2]}}")]
    [TestCase("o.a[1]", "'n'", "{\"x\":0,\"o\":{\"a\":[1,\"n\"]}}")]
    [TestCase("o.a[2]", "9", "{\"x\":0,\"o\":{\"a\":[1,2,9]}}")]
    [TestCase("o.b", "true", "{\"x\":0,\"o\":{\"a\":[1,2],\"b\":true}}")]
    [TestCase("o['a']", "null", "{\"x\":0,\"o\":{\"a\":null}}")]
    public void Assign_PutsTheValueInItsPlace(string location, string value, string expected)
    {
        var scope = new TestScope { Values = { ["x"] = DataValue.Of(0), ["o"] = Json("{\"a\":[1,2]}") } };
        var before = scope.Values["o"];

        Location.Assign(
            ExpressionParser.ParseLocation(location), ExpressionParser.Parse(value).Evaluate(scope), scope);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(DataValue.Of(scope.Values).ToString(), Is.EqualTo(expected));
            Assert.That(before, Is.EqualTo(Json("{\"a\":[1,2]}")), "a value never changes");
        }
    }

    [TestCase("o.a[4]")]
    [TestCase("o.a[-1]")]
    [TestCase("o.a.b")]
    [TestCase("o.n.b")]
    public void Assign_FailsByName_WhenThereIsNoSuchPlace(string location)
    {
        var scope = new TestScope { Values = { ["o"] = Json("{\"a\":[1,2]}") } };

        Assert.That(
            () => Location.Assign(ExpressionParser.ParseLocation(location), DataValue.Null, scope),
            Throws.TypeOf<DataException>().With.Message.Contains("has no "));
    }

    [TestCase("1")]
    [TestCase("In('a')")]
    [TestCase("a + b")]
    public void ParseLocation_RefusesWhatIsNoPlace(string text) =>
        Assert.That(() => ExpressionParser.ParseLocation(text), Throws.TypeOf<ExpressionException>());

    private static void Repeat(TestScope scope, Expression expression)
    {
        for (var count = 0; count < 100; count++)
        {
            scope.Values["x"] = expression.Evaluate(scope);
        }
    }

    private static DataValue Json(string json) =>
        DataValue.TryParseJson(json, out var value) ? value : throw new ArgumentException("no JSON", nameof(json));
}
