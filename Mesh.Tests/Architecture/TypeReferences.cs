using System.Reflection;
using System.Reflection.Emit;

namespace Mesh.Tests.Architecture;

/// <summary>Finds every type that a compiled type mentions: in signatures, attributes and code.</summary>
internal static class TypeReferences
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Collects the mentioned types, generic arguments and element types taken apart.</summary>
    /// <param name="type">A type; what is nested in it, also by the compiler, is looked at too.</param>
    /// <returns>Outermost types, without <paramref name="type"/> itself.</returns>
    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Visit(type, found);
        found.RemoveWhere(mentioned => mentioned == type || mentioned.IsGenericParameter);
        return found;
    }

    private static void Visit(Type type, HashSet<Type> found)
    {
        Add(type.BaseType, found);
        AddAll(type.GetInterfaces(), found);
        AddAll(type.GetGenericArguments(), found);
        AddAttributes(type, found);

        foreach (var member in type.GetMembers(Everything))
        {
            AddAttributes(member, found);
            if (member is Type nested)
            {
                Visit(nested, found);
            }
            else
            {
                AddMember(member, found);
            }

            if (member is MethodBase method)
            {
                AddBody(method, found);
            }
        }
    }

    private static void AddMember(MemberInfo member, HashSet<Type> found)
    {
        switch (member)
        {
            case FieldInfo field:
                Add(field.FieldType, found);
                break;
            case MethodBase method:
                AddAll(method.GetParameters().Select(parameter => parameter.ParameterType), found);
                Add((method as MethodInfo)?.ReturnType, found);
                AddAll(method.IsGenericMethod ? method.GetGenericArguments() : [], found);
                break;
            case PropertyInfo property:
                Add(property.PropertyType, found);
                break;
            case EventInfo @event:
                Add(@event.EventHandlerType, found);
                break;
        }
    }

    private static void AddAttributes(MemberInfo member, HashSet<Type> found) =>
        AddAll(member.GetCustomAttributesData().Select(attribute => attribute.AttributeType), found);

    private static void AddBody(MethodBase method, HashSet<Type> found)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        AddAll(body.LocalVariables.Select(local => local.LocalType), found);
        AddAll(
            body.ExceptionHandlingClauses
                .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType),
            found);

        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (var token in Tokens(body.GetILAsByteArray() ?? []))
        {
            var member = method.Module.ResolveMember(token, typeArguments, methodArguments)!;
            Add(member as Type ?? member.DeclaringType, found);
            AddMember(member, found);
        }
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var offset = 0; offset < code.Length;)
        {
            var value = code[offset] == 0xfe ? BitConverter.ToInt16([code[offset + 1], code[offset]]) : code[offset];
            var operation = OpCodesByValue[value];
            offset += operation.Size;

            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, offset);
            }

            offset += OperandBytes(operation.OperandType, code, offset);
        }
    }

    private static int OperandBytes(OperandType operand, byte[] code, int offset) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, offset)),
        _ => 4,
    };

    private static void AddAll(IEnumerable<Type?> types, HashSet<Type> found)
    {
        foreach (var type in types)
        {
            Add(type, found);
        }
    }

    private static void Add(Type? type, HashSet<Type> found)
    {
        if (type is null)
        {
            return;
        }

        if (type.IsGenericParameter)
        {
            // Kept until the end, because a constraint may name its own parameter.
            AddAll(found.Add(type) ? type.GetGenericParameterConstraints() : [], found);
        }
        else if (type.IsFunctionPointer)
        {
            AddAll([.. type.GetFunctionPointerParameterTypes(), type.GetFunctionPointerReturnType()], found);
        }
        else if (type.HasElementType)
        {
            Add(type.GetElementType(), found);
        }
        else
        {
            AddAll(type.IsConstructedGenericType ? type.GetGenericArguments() : [], found);
            found.Add(Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
        }
    }

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
