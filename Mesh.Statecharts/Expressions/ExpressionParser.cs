namespace Mesh.Statecharts.Expressions;

/// <summary>Reads an expression; the grammar is at <see cref="Expression"/>.</summary>
internal sealed class ExpressionParser
{
    private static readonly string[] EqualSigns = ["==", "===", "!=", "!=="];
    private static readonly string[] OrderSigns = ["<", "<=", ">", ">="];
    private static readonly string[] SumSigns = ["+", "-"];
    private static readonly string[] ProductSigns = ["*", "/", "%"];

    private readonly ExpressionLexer _lexer;
    private Token _token;
    private int _depth;

    private ExpressionParser(string text)
    {
        if (text.Length > DataLimits.MaxExpressionLength)
        {
            throw new ExpressionException(
                $"the expression has {text.Length} characters, more than {DataLimits.MaxExpressionLength}", 0);
        }

        _lexer = new ExpressionLexer(text);
        _token = _lexer.Next();
    }

    /// <summary>Reads a text that is one expression.</summary>
    /// <exception cref="ExpressionException">It is none.</exception>
    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        var expression = parser.Conditional();
        return parser._token.Kind == TokenKind.End ? expression : throw parser.Unexpected("an operator or the end");
    }

    /// <summary>Reads a text that names a place for a value: a variable, or a part of one.</summary>
    /// <exception cref="ExpressionException">It is none.</exception>
    public static Expression ParseLocation(string text)
    {
        var expression = Parse(text);
        var root = expression;
        while (root is MemberExpression member)
        {
            root = member.Owner;
        }

        return root is VariableExpression ? expression
            : throw new ExpressionException("a value can be assigned to a variable or a part of one only", 0);
    }

    private Expression Conditional()
    {
        Descend();
        var condition = Or();
        if (TryTake("?"))
        {
            var whenTrue = Conditional();
            Take(":");
            condition = new ConditionalExpression(condition, whenTrue, Conditional());
        }

        _depth--;
        return condition;
    }

    // Chains of one operator lean to the left; each link deepens the tree and counts as depth.
    private Expression Or()
    {
        var left = And();
        var links = 0;
        while (TryTake("||") || TryTakeWord("or"))
        {
            Link(ref links);
            left = new LogicExpression(false, left, And());
        }

        _depth -= links;
        return left;
    }

    private Expression And()
    {
        var left = Binary(0);
        var links = 0;
        while (TryTake("&&") || TryTakeWord("and"))
        {
            Link(ref links);
            left = new LogicExpression(true, left, Binary(0));
        }

        _depth -= links;
        return left;
    }

    private Expression Binary(int level)
    {
        var signs = level switch
        {
            0 => EqualSigns,
            1 => OrderSigns,
            2 => SumSigns,
            _ => ProductSigns,
        };
        var left = level == 3 ? Unary() : Binary(level + 1);
        var links = 0;
        while (_token.Kind == TokenKind.Sign && signs.Contains(_token.Text))
        {
            Link(ref links);
            var sign = _token.Text.Length == 3 ? _token.Text[..2] : _token.Text;
            Advance();
            left = new BinaryExpression(sign, left, level == 3 ? Unary() : Binary(level + 1));
        }

        _depth -= links;
        return left;
    }

    private Expression Unary()
    {
        var sign = IsSign("!") || IsWord("not") ? "!" : IsSign("-") ? "-" : IsSign("+") ? "+" : null;
        if (sign is null)
        {
            return Path();
        }

        Advance();
        Descend();
        var operand = Unary();
        _depth--;
        return new UnaryExpression(sign, operand);
    }

    private Expression Path()
    {
        var path = Primary();
        var links = 0;
        while (true)
        {
            if (TryTake("."))
            {
                Link(ref links);
                path = new MemberExpression(path, new LiteralExpression(DataValue.Of(TakeName())));
            }
            else if (TryTake("["))
            {
                Link(ref links);
                path = new MemberExpression(path, Conditional());
                Take("]");
            }
            else
            {
                _depth -= links;
                return IsSign("(") ? throw new ExpressionException(
                    "nothing but In('state') can be called", _token.Offset) : path;
            }
        }
    }

    private Expression Primary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Advance();
                return new LiteralExpression(DataValue.Of(token.Number));
            case TokenKind.Text:
                Advance();
                return new LiteralExpression(DataValue.Of(token.Text));
            case TokenKind.Name:
                return Named(token);
            case TokenKind.Sign when token.Text == "(":
                Advance();
                var inner = Conditional();
                Take(")");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                Advance();
                return new ArrayExpression(Items());
            case TokenKind.Sign when token.Text == "{":
                Advance();
                return new ObjectExpression(Members());
            default:
                throw Unexpected("a value");
        }
    }

    private Expression Named(Token token)
    {
        if (ReservedWords.IsOperator(token.Text))
        {
            throw Unexpected("a value");
        }

        Advance();
        switch (token.Text)
        {
            case "true" or "false":
                return new LiteralExpression(DataValue.Of(token.Text == "true"));
            case "null":
                return new LiteralExpression(DataValue.Null);
            case "In":
                Take("(");
                var state = Conditional();
                Take(")");
                return new InExpression(state);
            case var word when ReservedWords.IsForeign(word):
                throw new ExpressionException($"'{word}' is no word of this expression language", token.Offset);
            default:
                return new VariableExpression(token.Text);
        }
    }

    private List<Expression> Items()
    {
        var items = new List<Expression>();
        if (TryTake("]"))
        {
            return items;
        }

        do
        {
            items.Add(Conditional());
        }
        while (TryTake(","));
        Take("]");
        return items;
    }

    private List<KeyValuePair<string, Expression>> Members()
    {
        var members = new List<KeyValuePair<string, Expression>>();
        if (TryTake("}"))
        {
            return members;
        }

        do
        {
            var name = _token.Kind == TokenKind.Text ? _token.Text : null;
            if (name is null)
            {
                name = TakeName();
            }
            else
            {
                Advance();
            }

            Take(":");
            members.Add(KeyValuePair.Create(name, Conditional()));
        }
        while (TryTake(","));
        Take("}");
        return members;
    }

    private string TakeName()
    {
        var name = _token.Kind == TokenKind.Name ? _token.Text : throw Unexpected("a name");
        Advance();
        return name;
    }

    private void Take(string sign)
    {
        if (!TryTake(sign))
        {
            throw Unexpected($"'{sign}'");
        }
    }

    private bool TryTake(string sign)
    {
        var isThere = IsSign(sign);
        if (isThere)
        {
            Advance();
        }

        return isThere;
    }

    private bool TryTakeWord(string word)
    {
        var isThere = IsWord(word);
        if (isThere)
        {
            Advance();
        }

        return isThere;
    }

    private bool IsSign(string sign) => _token.Kind == TokenKind.Sign && _token.Text == sign;

    private bool IsWord(string word) => _token.Kind == TokenKind.Name && _token.Text == word;

    private void Advance() => _token = _lexer.Next();

    private void Link(ref int links)
    {
        links++;
        Descend();
    }

    private void Descend()
    {
        if (++_depth > DataLimits.MaxExpressionDepth)
        {
            throw new ExpressionException(
                $"the expression is deeper than {DataLimits.MaxExpressionDepth}", _token.Offset);
        }
    }

    private ExpressionException Unexpected(string wanted)
    {
        var found = _token.Kind switch
        {
            TokenKind.End => "the expression ends",
            TokenKind.Number => "a number stands",
            TokenKind.Text => "a text stands",
            _ => $"'{_token.Text}' stands",
        };
        return new ExpressionException($"{found} where {wanted} is expected", _token.Offset);
    }
}
