using System.Globalization;
using System.Reflection;

namespace Mesh.Tests.Architecture;

/// <summary>Names of types as they are written in C#, with their nullability.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    /// <summary>The name with its namespace, as in <c>A.B&lt;T&gt;.C</c>.</summary>
    public static string Full(Type type) =>
        type.DeclaringType is { } outer ? $"{Full(outer)}.{Simple(type)}" : $"{type.Namespace}.{Simple(type)}";

    /// <summary>The name without its namespace.</summary>
    public static string Of(Type type) => Of(type, null);

    /// <summary>The type of a field.</summary>
    public static string Of(FieldInfo field) => Of(field.FieldType, new NullabilityInfoContext().Create(field));

    /// <summary>The type of a property.</summary>
    public static string Of(PropertyInfo property) =>
        Of(property.PropertyType, new NullabilityInfoContext().Create(property));

    /// <summary>The type of an event.</summary>
    public static string Of(EventInfo @event) =>
        Of(@event.EventHandlerType!, new NullabilityInfoContext().Create(@event));

    /// <summary>The type of a parameter or of what a method returns.</summary>
    public static string Of(ParameterInfo parameter)
    {
        var name = Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        var how = !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : "ref ";
        return how + name;
    }

    /// <summary>A generic parameter with what is demanded of it.</summary>
    public static string Constrained(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var demands = parameter.GetGenericParameterConstraints().Select(Of)
            .Prepend(attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "")
            .Where(demand => demand is not ("" or "ValueType"))
            .Prepend(attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct" : "")
            .Where(demand => demand.Length > 0)
            .ToArray();
        return demands.Length > 0 ? $"{parameter.Name} : {string.Join(" & ", demands)}" : parameter.Name;
    }

    /// <summary>The parameters of a method, with their default values.</summary>
    public static string Parameters(MethodBase method)
    {
        var parameters = method.GetParameters().Where(parameter => parameter.Name != "value" || !method.IsSpecialName
            || method.Name.StartsWith("op_", StringComparison.Ordinal) || method.IsConstructor);
        return string.Join(", ", parameters.Select(one => $"{Of(one)} {one.Name}{Default(one)}"));
    }

    /// <summary>A constant as text.</summary>
    public static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        char letter => $"'{letter}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Default(ParameterInfo parameter) =>
        parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "";

    private static string Of(Type type, NullabilityInfo? nullability)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        // A generic parameter always counts as nullable, marked in the source or not.
        var isMarked = nullability?.ReadState == NullabilityState.Nullable
            || nullability?.WriteState == NullabilityState.Nullable;
        var mark = isMarked && type is { IsValueType: false, IsGenericParameter: false } ? "?" : "";
        if (type.IsArray)
        {
            var commas = new string(',', type.GetArrayRank() - 1);
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{commas}]{mark}";
        }

        if (type.HasElementType)
        {
            return Of(type.GetElementType()!, nullability) + (type.IsPointer ? "*" : "");
        }

        return Keywords.GetValueOrDefault(type, Simple(type, nullability)) + mark;
    }

    private static string Simple(Type type, NullabilityInfo? nullability = null)
    {
        if (!type.IsGenericType)
        {
            return type.Name;
        }

        // A nested type repeats the parameters of the types around it.
        var outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var arguments = type.GetGenericArguments()
            .Select((argument, index) => type.IsGenericTypeDefinition
                ? Constrained(argument)
                : Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(index)))
            .Skip(outer)
            .ToArray();
        var name = type.Name.Split('`')[0];
        return arguments.Length > 0 ? $"{name}<{string.Join(", ", arguments)}>" : name;
    }
}
