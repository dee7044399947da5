using Dadbs.Sql.Types;

namespace Dadbs.Sql.Binding;

/// <summary>anyelement, anyarray and the anycompatible family: what they stand for in one call (manual 38.2.5).</summary>
internal static class PolymorphicTypes
{
    /// <summary>Whether the arguments can agree on what the polymorphic types stand for.</summary>
    public static bool AreConsistent(SqlType[] declared, SqlType[] arguments)
    {
        SqlType? element = null;
        List<BoundExpression> compatible = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            SqlType given = arguments[i];
            if (given.IsUnknown || !declared[i].IsPolymorphic) continue;
            SqlType type = declared[i];
            bool wantsArray = type == SqlTypes.AnyArray || type == SqlTypes.AnyCompatibleArray;
            if (wantsArray && !given.IsArray) return false;
            if ((type == SqlTypes.AnyNonArray || type == SqlTypes.AnyCompatibleNonArray) && given.IsArray) return false;
            if (type == SqlTypes.AnyEnum && given.Kind != TypeKind.Enum) return false;
            if (type.Oid is 5077 or 5078 or 5079) compatible.Add(new BoundColumn(-1, wantsArray ? given.ElementType! : given, -1, ""));
            if (type.Oid is not (2283 or 2277 or 2776 or 3500)) continue;
            SqlType of = type == SqlTypes.AnyArray ? given.ElementType! : given;
            if (element is not null && element != of) return false;
            element = of;
        }

        return compatible.Count < 2 || Coercion.TryCommonType(compatible, out _, out _) is not null;
    }

    /// <summary>The argument types with polymorphic ones replaced; 42804 if nothing tells what they are.</summary>
    public static SqlType[] Resolve(SqlType[] declared, IReadOnlyList<BoundExpression> arguments)
    {
        SqlType? element = null;
        List<BoundExpression> compatible = [];
        bool wantsElement = false;
        for (int i = 0; i < declared.Length; i++)
        {
            SqlType type = declared[i];
            SqlType given = arguments[i].Type;
            switch (type.Oid)
            {
                case 2283 or 2776 or 3500:
                    wantsElement = true;
                    if (!given.IsUnknown) element ??= given;
                    break;
                case 2277:
                    wantsElement = true;
                    if (!given.IsUnknown) element ??= given.ElementType;
                    break;
                case 5077 or 5079:
                    compatible.Add(arguments[i]);
                    break;
                case 5078:
                    compatible.Add(given.IsUnknown ? arguments[i] : new BoundColumn(-1, given.ElementType!, -1, ""));
                    break;
            }
        }

        if (wantsElement && element is null)
        {
            throw new SqlException(SqlState.DatatypeMismatch, "could not determine polymorphic type because input has type unknown");
        }

        SqlType? common = compatible.Count == 0 ? null : Coercion.CommonType(compatible, "arguments");
        SqlType[] resolved = new SqlType[declared.Length];
        for (int i = 0; i < declared.Length; i++)
        {
            resolved[i] = declared[i].Oid switch
            {
                2283 or 2776 or 3500 => element!,
                2277 => element!.ArrayType ?? throw NoArray(element),
                5077 or 5079 => common!,
                5078 => common!.ArrayType ?? throw NoArray(common),
                2276 => arguments[i].Type,
                _ => declared[i],
            };
        }

        return resolved;
    }

    private static SqlException NoArray(SqlType element) => new(SqlState.UndefinedObject, $"could not find array type for data type {element.DisplayName}");
}
