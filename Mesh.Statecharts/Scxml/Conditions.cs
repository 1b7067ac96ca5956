using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>What can be said of conditions before they run.</summary>
internal static class Conditions
{
    private const int Less = 1;
    private const int Equal = 2;
    private const int Greater = 4;

    /// <summary>Whether a condition holds everywhere, nowhere, or cannot be known.</summary>
    public static bool? Constant(CodeText? condition)
    {
        if (condition is null)
        {
            return true;
        }

        if (!condition.Expression.IsConstant)
        {
            return null;
        }

        try
        {
            return condition.Expression.Evaluate(NoScope.Instance).IsTrue;
        }
        catch (DataException)
        {
            return false;
        }
    }

    /// <summary>Whether two conditions are seen never to hold together.</summary>
    public static bool AreExclusive(Expression first, Expression second)
    {
        if (first is LogicExpression { IsAnd: true })
        {
            return first.Parts.Any(part => AreExclusive(part, second));
        }

        if (second is LogicExpression { IsAnd: true })
        {
            return second.Parts.Any(part => AreExclusive(first, part));
        }

        return IsNot(first, second) || IsNot(second, first)
            || (first is BinaryExpression left && second is BinaryExpression right && AreApart(left, right));
    }

    private static bool IsNot(Expression first, Expression second) =>
        first is UnaryExpression { Sign: "!" } not && not.Operand.ToString() == second.ToString();

    private static bool AreApart(BinaryExpression first, BinaryExpression second)
    {
        if (first.Left.ToString() != second.Left.ToString())
        {
            return false;
        }

        var (one, other) = (Orders(first.Sign), Orders(second.Sign));
        if (one == 0 || other == 0)
        {
            return false;
        }

        if (first.Right.ToString() == second.Right.ToString())
        {
            return (one & other) == 0;
        }

        if (first.Right is not LiteralExpression low || second.Right is not LiteralExpression high)
        {
            return false;
        }

        return low.Value.Kind == DataKind.Number && high.Value.Kind == DataKind.Number
            ? AreApart(one, low.Value.Number, other, high.Value.Number)
            : one == Equal && other == Equal;
    }

    // The values of the first lie on one side of its bound, those of the second on one side of another.
    private static bool AreApart(int one, double bound, int other, double otherBound)
    {
        if (bound > otherBound)
        {
            return AreApart(other, otherBound, one, bound);
        }

        return (one & Greater) == 0 && (other & Less) == 0;
    }

    private static int Orders(string sign) => sign switch
    {
        "<" => Less,
        "<=" => Less | Equal,
        "==" => Equal,
        ">=" => Greater | Equal,
        ">" => Greater,
        "!=" => Less | Greater,
        _ => 0,
    };

    private sealed class NoScope : IDataScope
    {
        public static readonly NoScope Instance = new();

        public bool TryRead(string name, out DataValue value)
        {
            value = default;
            return false;
        }

        public bool IsIn(string state) => false;

        public void Write(string name, DataValue value) => throw new DataException($"there is no variable '{name}'");
    }
}
